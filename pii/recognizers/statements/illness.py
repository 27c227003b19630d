"""Illness as it is written (病名): how it is qualified, the part of the body, and what is wrong with it.

A name of a disease is put together, so a list of whole names is never complete: 左 + 股骨颈 + 骨折, 慢性 + 肾 +
功能不全. Organs and endings are words that a record is likely to hold (ICD-10 has them); certainty: common knowledge.
"""

from pii.gate import Sign
from pii.recognizers.words import words

_QUALIFIED = (
    "急性 慢性 亚急性 原发性 继发性 先天性 转移性 恶性 良性 复发性 过敏性 病毒性 细菌性 化脓性 出血性 缺血性 阵发性 "
    "进行性 多发性 单纯性 混合性 特发性 反流性 萎缩性 偏执型 重度 中度 轻度 重症 轻微 严重 晚期 早期 中期 左侧 右侧 "
    "双侧 "
    "左 右 双 双眼 双下肢 上 下 前 后 外 内 侧 末节 远端 近端 陈旧性 开放性 粉碎性 闭合性 急 老年 小儿 产后 妊娠期 "
    "一型 二型 I型 II型 1型 2型 第二型 第一型 Ⅰ型 Ⅱ型 乙型 丙型 甲型 非小细胞 全身 局部 部分 完全"
)
_ORGANS = (
    "股骨 股骨颈 股骨头 锁骨 肋骨 胫骨 腓骨 胫腓骨 尺骨 桡骨 尺桡骨 肱骨 髌骨 跟骨 骨盆 颅骨 鼻骨 颧骨 下颌骨 尾骨 "
    "腰椎 颈椎 胸椎 "
    "椎间盘 腰椎间盘 脊柱 脊髓 髋 髋关节 膝 膝关节 踝 踝关节 腕 腕关节 肘 肩 肩周 肩关节 食指 拇指 中指 无名指 小指 "
    "手指 脚趾 手 足 脚 小腿 "
    "大腿 腿 胳膊 上肢 下肢 四肢 头部 头皮 颅内 颅脑 脑 脑干 小脑 面部 面神经 眼 眼底 角膜 视网膜 耳 中耳 鼻 鼻窦 "
    "鼻中隔 咽 喉 咽喉 声带 扁桃体 气管 "
    "支气管 肺 肺部 胸膜 肝 肝脏 胆 胆囊 胆总管 胆管 胰腺 脾 胃 胃肠 肠 小肠 十二指肠 结肠 直肠 阑尾 肛门 肛周 肾 "
    "肾脏 肾小球 "
    "输尿管 尿道 泌尿系 膀胱 前列腺 睾丸 子宫 子宫内膜 卵巢 宫颈 盆腔 乳腺 乳 乳房 甲状腺 心 心脏 心肌 冠状动脉 冠脉 "
    "主动脉 "
    "静脉 深静脉 动脉 血管 淋巴 淋巴结 皮肤 骨 关节 半月板 韧带 前交叉韧带 跟腱 肌腱 神经 坐骨神经 三叉神经 室间隔 "
    "房间隔 心功能 肝功能 肾功能 骨髓 "
    "血液 口腔 牙周 牙 鼻咽 食管 食道 软组织 腹股沟"
)
_WRONG = (
    "炎 癌 瘤 肿瘤 恶性肿瘤 结石 囊肿 结节 息肉 增生 增大 肿大 肥大 出血 梗死 梗塞 梗阻 栓塞 狭窄 脱垂 下垂 积水 积液 "
    "穿孔 破裂 撕裂 断裂 断离 "
    "离断 损伤 挫伤 挫裂伤 裂伤 扭伤 拉伤 烧伤 烫伤 割伤 骨折 骨裂 脱位 脱臼 骨质疏松 坏死 缺损 缺如 畸形 突出 膨出 "
    "滑脱 侧弯 感染 溃疡 功能不全 不全 衰竭 "
    "硬化 纤维化 肌瘤 结核 水肿 萎缩 麻痹 瘫痪 震荡 脓肿 反流 返流 早搏 供血不足 缺血 血栓 曲张 动脉瘤 内膜异位 "
    "异位妊娠 剥离 脱落 脱离"
)
_WHOLE = (
    "高血压 低血压 高血脂 高血糖 低血糖 高尿酸 糖尿病 冠心病 心脏病 心肌病 心绞痛 心梗 脑梗 脑卒中 卒中 中风 偏瘫 "
    "截瘫 脑瘫 白血病 血友病 "
    "地中海贫血 贫血 尿毒症 肝硬化 脂肪肝 甲亢 甲减 痛风 哮喘 尘肺 矽肺 肺气肿 慢阻肺 肺结核 结核病 乙肝 丙肝 甲肝 "
    "乙肝大三阳 乙肝小三阳 大三阳 小三阳 "
    "艾滋病 艾滋 HIV HIV感染 梅毒 淋病 尖锐湿疣 疱疹 带状疱疹 湿疹 荨麻疹 银屑病 牛皮癣 白癜风 红斑狼疮 狼疮 "
    "强直性脊柱炎 类风湿 "
    "抑郁症 抑郁 重度抑郁 焦虑症 焦虑障碍 双相 双相情感障碍 躁郁症 躁狂症 精神分裂症 精神分裂 强迫症 恐惧症 失眠症 "
    "创伤后应激障碍 自闭症 孤独症 "
    "多动症 智力障碍 发育迟缓 阿尔茨海默病 阿尔茨海默症 老年痴呆 痴呆 帕金森 帕金森病 癫痫 渐冻症 重症肌无力 "
    "多发性硬化 白内障 青光眼 近视 色盲 "
    "色弱 耳聋 失聪 失明 腰突 颈椎病 痔疮 疝气 不孕 不孕症 不育 宫外孕 流产 早产 胎停 怀孕 早孕 新冠 新冠肺炎 流感 "
    "肺炎 败血症 川崎病 唐氏综合征 "
    "乙肝表面抗原阳性 表面抗原阳性 抗体阳性 核酸阳性 HIV阳性 HIV抗体阳性 梅毒阳性 尿检阳性 先心病 先天性心脏病 矮小症 "
    "过敏性鼻炎 青霉素过敏 心律失常 房颤 早搏 昏迷 植物人 三高 精神病 性病 肾病 胃病 肝病 眼病 皮肤病 血液病 肺病 "
    "风湿病 妇科病 传染病"
)
_ENGLISH = (
    "diabetes cancer hypertension asthma depression tumour tumor leukemia leukaemia hepatitis tuberculosis covid-19 "
    "pneumonia disorder syndrome herniated_disc slipped_disc fracture stroke migraine arthritis anxiety "
    "bipolar HIV AIDS pregnant pregnancy lupus epilepsy kidney_failure heart_disease heart_attack heart_condition "
    "dementia parkinson's alzheimer's schizophrenia autism adhd ptsd ulcer appendicitis infection allergy_to "
    "high_blood_pressure miscarriage concussion sprain anaemia anemia eczema gallstones kidney_stones"
)
SUFFIX = (
    "(?:术后|[（(][^()（）\\n]{1,12}[)）]|(?:伴|合并|并)[一-龥]{2,12}?(?:炎|癌|症|病|感染|出血|不全|衰竭)|"
    "(?:第?[0-9IVⅠ-Ⅻ一二三四]{1,3}|[早中晚末])"
    "[期级級型度]|阳性|恢复期|后遗症)?"
)
_PLACE = words(f"{_QUALIFIED} {_ORGANS}")
ILLNESS = (
    f"(?:(?:{_PLACE}[和及、]?){{0,4}}(?:{words(_WHOLE)}|{words(_ORGANS)}(?:{_PLACE}){{0,2}}{words(_WRONG)}[症病]?)"
    f"(?![院房床人假历例号休区毒]){SUFFIX})"
)
"""A disease that its own words name, with what qualifies it; nothing else of the sentence."""
ILLNESS_SIGN = Sign(words(f"{_WHOLE} {_WRONG}"), early=20)
"""What is in every one of these; a suffix may follow it."""
_DONE = (
    "切除 置换 移植 搭桥 支架 支架植入 剖宫产 修补 造影 透析 化疗 放疗 缝合 内固定 引流 吻合 结扎 人流 清宫 引产 取石 "
    "碎石 "
    "穿刺 活检 电切 消融 植皮 截肢 开颅 剖腹产 植入 重建 摘除 矫形 整形"
)
SURGERY = f"(?:(?:{_PLACE}|{words(_WRONG)}|人工|腹腔镜下|全麻下){{1,6}}{words(_DONE)}(?:手术|植入术|术)?后?)"
"""What was done to a part of the body."""
SURGERY_SIGN = Sign(words(_DONE), early=4)
ENGLISH_ILLNESS = rf"(?:[A-Za-z0-9\-]{{1,16}} ){{0,3}}{words(_ENGLISH)}(?: (?:at|in|of) [A-Za-z0-9 ]{{1,16}})?"
