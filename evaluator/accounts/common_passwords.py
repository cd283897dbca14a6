"""Passwords that everybody tries first, of those that are long enough to be chosen here."""

from __future__ import annotations

_WORDS = """
0123456789 1234567890 12345678910 123456789a 123456789abc 1234567891 1234554321 9876543210
0987654321 1122334455 1111122222 1231231231 123123123123 123456123456 1234512345 1314520520
5201314520 5201314521 1314521521 5845201314 1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5
q1w2e3r4t5y6 1qazxsw23edc zaq12wsxcde3 qazwsxedcrfv qazwsx123456 qwer123456 qwert12345
qwerty1234 qwerty12345 qwerty123456 qwertyuiop qwertyuiop123 asdfghjkl123 asdfghjkl; zxcvbnm123
asdf123456 zxcv123456 abc1234567 abc123456789 abcd123456 abcde12345 abcdef1234 abcdefghij
abcdefg123 a123456789 a1234567890 aa123456789 aaa123456789 aa12345678 w123456789 z123456789
q123456789 s123456789 l123456789 x123456789 password12 password123 password1234 passw0rd123
password@123 p@ssw0rd123 p@ssword123 pass123456 admin12345 admin123456 admin@1234 admin@123456
administrator root123456 welcome123 welcome1234 iloveyou123 iloveyou520 woaini1314 woaini1314520
woaini520520 woaini5201314 woaiwojia123 woaizuguo123 zhongguo123 dangyuan123 dangzhibu123
zhibushuji shuji123456 zuzhibu123 test123456 user123456 changeme123 letmein123 sunshine123
football123 baseball123 superman123 1a2b3c4d5e a1b2c3d4e5 huawei@123 huawei12345 huawei123456
"""

COMMON = frozenset(_WORDS.split())
