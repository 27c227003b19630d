"""What accounts of securities, funds and the housing fund are called: officially, in short, in pinyin, in English.

By 证券账户管理规则 (中国结算), 住房公积金管理条例, and what forms, brokers and programs write.
"""

_KINDS = "证券 股票 股东 资金 基金 住房公积金 公积金 期货 保证金 理财 信托 年金 养老金 投资 交易 沪A 深A 沪市 深市"
_ENDS = "账号 账户 账户号 账户号码 账户编号 账户代码 账户卡号 卡号 户号"
_OTHERS = (
    "股东代码 股东代码卡号 公积金号 公积金个人账号 公积金个人账户 公积金缴存账号 公积金客户号 公积金个人客户号 "
    "A股账户 A股账号 TA账号 股东号 股东卡 股东卡号 股东账 资金号 期货号 基金号 公积金账 公积金卡 公积金卡号 "
    "公积金编号 公积金个人编号 公积金联名卡 证券卡号 证券号 股票代码卡 客户资金号 一码通 一码通账户 一码通账号 "
    "一码通号 securities_account stock_account fund_account brokerage_account trading_account gjj gjjzh gjj_no "
    "gjjkh gjjkhh zqzh gpzh gdzh gddm gdkh gdkhm zjzh jjzh qhzh khzh tazh ymt ymth stock_acct stock_acc "
    "shareholder_no holder_no 基金TA 上海A股 深圳A股 A股账户卡 stockholder_acc stockholder_acct "
    "stockholder_account stockholder_code holder_code holder_acct fund_acct fund_acc fund_no ta_account ta_acct "
    "ta_no securities_acct securities_acc sec_acct sec_account trade_acct futures_acct 中登账号 中登账户 中登号 "
    "开户账号 capital_account capital_acct cash_account mpf_account mpf_no cpf_account ccass 集保账号 集保帐号 "
    "证券户头 secu_acct shareholder_code housing_fund provident_fund futures_account housing_fund_account "
    "provident_fund_account shareholder_account"
)
LABELS = " ".join(
    [
        *(kind + end for kind in _KINDS.split() for end in _ENDS.split()),
        _OTHERS,
    ]
)
"""Before a number, these name it by themselves."""
MORE = (
    "股东卡号码 股东账卡 证券账卡 证券股东卡 证券股东账户 证券资金账号 证券资金账户 客户资金账号 资金账 信用账户 "
    "信用证券账户 信用资金账号 普通账户 融资融券账户 两融账户 衍生品合约账户 合约账户 期权账户 股转账户 "
    "新三板账户 三板账户 B股账户 B股账号 北交所账户 创业板账户 科创板账户 港股账户 港股通账户 沪港通账户 "
    "深港通账户 沪A账号 深A账号 沪B账户 深B账户 沪账户 深账户 上海账户 深圳账户 上海股东卡 深圳股东卡 上海股东号 "
    "深圳股东号 沪市股东号 深市股东号 上海股东代码 深圳股东代码 沪股东代码 深股东代码 沪A股东 深A股东 上证账户 "
    "深证账户 沪市股东代码 深市股东代码 基金TA账号 TA代码 TA号 基金交易账号 基金交易账户 场内基金账户 "
    "场外基金账户 开放式基金账户 封闭式基金账户 登记账号 中登TA账号 中登基金账号 一码通账户号码 一码通号码 "
    "一码通账户号 一码通代码 统一账户 黄金账户 黄金账号 贵金属账户 贵金属账号 国债账户 国债账号 国债托管账户 "
    "债券账户 债券托管账户 托管账户 企业年金账号 职业年金账号 个人养老金账户 个人养老金账号 养老金资金账户 "
    "强积金账户 强积金账号 强积金计划成员号码 公积金职工账号 公积金职工号 职工公积金号 公积金存款账号 "
    "公积金贷款账号 住房公积金编号 住房公积金个人编号 住房公积金号 公积金联名卡号 公积金户号 缴存户号 职工账号 "
    "证券户口 证券户口号码 股票户口 基金户口 投资户口 保证金户口 孖展户口 强积金户口 集保户号 券商账号 "
    "investor_account sh_account sz_account sh_acc sz_acc a_share_account b_share_account stock_holder "
    "stock_holder_no stock_holder_id holder_id stkacct stk_acct stkacc stock_account_no fundacct fundacc "
    "fund_account_no futu_account futures_no trade_account_no trdacct trdacc unified_account one_code_account "
    "ymtzh ymtacct custid_sec provident_fund_no provident_account pf_account cpf_no mpf_member_no demat_account "
    "demat brokerage_no brokerage_acct broker_account broker_acct gdzhh zjzhh gdxx_zh zjhm jjjyzh jyzh xyzh hazh "
    "sazh shzh szzh gjjgrzh grgjjzh gr_gjjzh gjjgrbh zgzh"
)
"""More of the same, apart: an expression of all would be too long to scan for."""
HEADS = (
    "证券 股票 股东 基金 公积金 期货 券商 炒股 沪市 深市 沪A 深A B股 一码通 强积金 集保 国债 资金账 理财账 "
    "housing_fund provident_fund brokerage securities stock_account mpf"
)
"""What such labels begin with; in the same clause as a number of the right length they are enough."""
