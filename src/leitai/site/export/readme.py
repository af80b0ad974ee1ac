"""What lies in the archive beside its rows, for whoever finds it years later."""

README = """\
This is one contest, as Leitai kept it.

rows/<kind>.jsonl   one row a line, as JSON; "link" ties each line to the one before it
files/<sha256>      files that were handed in, if they were asked for; rows/files.jsonl has names
manifest.json       every member with its size and SHA-256, what each column holds, the public key
manifest.sig        64 bytes: the Ed25519 signature over manifest.json, as it stands there

Where Leitai is installed, no database is needed to check it:

    leitai verify FILE.zip --key PUBLIC_KEY

Take the public key and the daily digests from the platform's own page, not from this file.


这是一项赛事的完整记录，由擂台 Leitai 导出。

rows/<kind>.jsonl   每行一条 JSON 记录；"link" 把每一行与上一行连在一起
files/<sha256>      参赛方提交的文件（导出时选择了才有）；文件名见 rows/files.jsonl
manifest.json       每个成员的大小与 SHA-256、各列的含义、公钥
manifest.sig        64 字节：对 manifest.json 原文的 Ed25519 签名

核验时不需要数据库，装有 Leitai 即可：

    leitai verify FILE.zip --key 公钥 --language zh

请从平台的公开页面取得公钥和每日摘要，不要只相信本文件里的公钥。
"""
