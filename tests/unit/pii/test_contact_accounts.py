"""Accounts and secrets: WeChat, QQ, social media, passwords and keys, and what only stands where one could."""

import pytest

from pii.recognizers import recognizers

_ENTITIES = ["WECHAT", "QQ", "SOCIAL_ACCOUNT", "ACCOUNT_SECRET"]
_RECOGNISERS = [each for each in recognizers() if set(each.get_supported_entities()) & set(_ENTITIES)]
_DRAWN = "a8f5f167f44f4964e6c998dee827110c"


def found(text: str) -> set[tuple[str, str]]:
    """Return type and surface of what our recognisers of accounts find, plain Presidio's way."""
    results = [each for one in _RECOGNISERS for each in one.analyze(text, _ENTITIES)]
    return {(each.entity_type, text[each.start : each.end]) for each in results}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("微信号：zhangsan_88，", "zhangsan_88"),
        ("微信 zhangsan88", "zhangsan88"),
        ("加微信abc-1234聊", "abc-1234"),
        ("vx:hello_world9", "hello_world9"),
        ("加V lilei90", "lilei90"),
        ("薇信lilei1990", "lilei1990"),
        ("微信号是lileihan", "lileihan"),
        ("微信同号 lilei1990", "lilei1990"),
        ("微信/QQ：lilei1990", "lilei1990"),
        ('{"wechat_id": "li_lei2020"}', "li_lei2020"),
        ("<td>微信号</td><td>lilei1990</td>", "lilei1990"),
        ("| 微信 | lilei1990 |", "lilei1990"),
        ("微信號：ｌｉｌｅｉ１９９０", "ｌｉｌｅｉ１９９０"),
        ("微信：li\u200blei1990", "li\u200blei1990"),
        ("微信号：l i l e i 9 0", "l i l e i 9 0"),
        ("my WeChat ID is lilei_90", "lilei_90"),
        ("user wxid_a1b2c3d4e5f6g7 said", "wxid_a1b2c3d4e5f6g7"),
    ],
)
def test_wechat_account_is_found(text: str, surface: str) -> None:
    """A WeChat account behind its word is found, value only."""
    assert ("WECHAT", surface) in found(text)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("QQ：123456789", "123456789"),
        ("qq号 1234567890", "1234567890"),
        ("QQ号码是12345678901", "12345678901"),
        ("扣扣1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8"),
        ('{"qq": "87654321"}', "87654321"),
        ("Q号：54321678", "54321678"),
        ("加q12345678", "12345678"),
        ("my QQ is 12345678", "12345678"),
        ("ＱＱ：１２３４５６７", "１２３４５６７"),
        ("QQ：一二三四五六七八", "一二三四五六七八"),
        ("QQ①②③④⑤⑥⑦", "①②③④⑤⑥⑦"),
        ("QQ 123\u200b45678", "123\u200b45678"),
        ("QQ/微信：87654321", "87654321"),
    ],
)
def test_qq_number_is_found(text: str, surface: str) -> None:
    """A QQ number behind its word is found, value only."""
    assert ("QQ", surface) in found(text)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("微博ID：xiaoming_2020", "xiaoming_2020"),
        ("微博@小明爱吃鱼，", "@小明爱吃鱼"),
        ("微博昵称：追风少年李", "追风少年李"),
        ("抖音号：dy12345678", "dy12345678"),
        ("抖音號：ｄｙ１２３４５", "ｄｙ１２３４５"),
        ("小红书号 123456789", "123456789"),
        ("快手号：ks_1234", "ks_1234"),
        ("B站UID：12345678", "12345678"),
        ("知乎账号 lilei-90", "lilei-90"),
        ("Telegram: @lilei_90", "@lilei_90"),
        ("TG：@lilei_90", "@lilei_90"),
        ("LINE ID: lilei90", "lilei90"),
        ("X账号@lilei", "@lilei"),
        ("Facebook：lilei.90", "lilei.90"),
        ("臉書帳號 lilei.han", "lilei.han"),
        ("@lilei_90 (Twitter)", "@lilei_90"),
        ("follow @lilei_90 on Instagram", "@lilei_90"),
        ("https://weibo.com/u/1234567890", "1234567890"),
        ("https://www.zhihu.com/people/li-lei-90", "li-lei-90"),
        ('{"twitter_id": "lilei90"}', "lilei90"),
    ],
)
def test_social_account_is_found(text: str, surface: str) -> None:
    """An account beside its platform's word is found, value only."""
    assert ("SOCIAL_ACCOUNT", surface) in found(text)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("密码：Abc@12345", "Abc@12345"),
        ("密码Abc@12345，", "Abc@12345"),
        ("登录口令是qwerty!23", "qwerty!23"),
        ("密碼：Ａｂｃ＠１２３４５", "Ａｂｃ＠１２３４５"),
        ("密码：839201", "839201"),
        ("password=Zx9#kL2m", "Zx9#kL2m"),
        ('"passwd": "Zx9kL2mQ"', "Zx9kL2mQ"),
        ("| 密码 | Zx9kL2mQ |", "Zx9kL2mQ"),
        ("<td>密码</td><td>Zx9kL2mQ</td>", "Zx9kL2mQ"),
        ("IDENTIFIED BY 'Zx9kL2mQ'", "Zx9kL2mQ"),
        (f'"token": "{_DRAWN}"', _DRAWN),
        (f"api_key={_DRAWN}", _DRAWN),
        (f"令牌为{_DRAWN}", _DRAWN),
        ("Authorization: Bearer abcdefghij1234567890XYZ", "abcdefghij1234567890XYZ"),
        ("mysql://u:Abc123xyz@db.example.com:3306/d", "Abc123xyz"),
        ("AKIA" + "QOSFODNN7ABCDEFG", "AKIA" + "QOSFODNN7ABCDEFG"),
        ("ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789", "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789"),
        ("sk-" + "proj-a1B2c3D4e5F6g7H8i9J0k1", "sk-" + "proj-a1B2c3D4e5F6g7H8i9J0k1"),
        ("LTAI" + "5tKf8Qw2Zx7Vb3Nm", "LTAI" + "5tKf8Qw2Zx7Vb3Nm"),
        (
            "是eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3In0.dozjgNryP4J3",
            "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3In0.dozjgNryP4J3",
        ),
    ],
)
def test_secret_is_found(text: str, surface: str) -> None:
    """A password or key behind its word, or in its issuer's shape, is found, value only."""
    assert ("ACCOUNT_SECRET", surface) in found(text)


def test_private_key_is_found_whole() -> None:
    """A private key in PEM is one find from its first line to its last."""
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nq83v\n-----END RSA PRIVATE KEY-----"
    assert found(f"如下：\n{key}\n完") == {("ACCOUNT_SECRET", key)}


@pytest.mark.parametrize(
    "text",
    [
        "微信 Android 客户端",
        "微信公众号 renminribao",
        "微信支付 v3 接口",
        "wx.request(url)",
        "wechat_openid: string",
        "微信号：abc",
        "QQ群：123456789",
        "QQ音乐 2023版",
        "QQ 10000元",
        "12345@qq.com",
        "QQ：0123456",
        "Q：2024年怎么办",
        "微博上有人说hello",
        "line 12345: error",
        "抖音有7亿用户",
        "Twitter account settings",
        "https://twitter.com/intent/tweet",
        "@Override public",
        "password: ${password}",
        "password: <password>",
        "--password=your-password",
        "密码为 root",
        'password: "123456"',
        "密码：******",
        "密码长度为8至16位",
        "password = os.environ['PASSWORD']",
        "token: tokenizer.encode(text)",
        "token = 1024",
        "access_key: xxxxxxxxxxxxxxxxxxxx",
        "private_key: /etc/ssl/key.pem",
        "authentication plugin: caching_sha2_password",
        "mysql://root:${PASSWORD}@127.0.0.1:4000/test",
        "sk-learn sk-",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
    ],
)
def test_what_is_no_account_is_left(text: str) -> None:
    """Software, groups, amounts, code, placeholders and the famous words of manuals are nobody's."""
    assert found(text) == set()
