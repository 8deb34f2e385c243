"""What a back end in Python does for somebody who is signed in to it: a token for the chat (JWT, HS256).

Usage: CHAT_SECRET=... python3 chat_token.py mira "Mira Kim"
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time


def encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def chat_token(secret: str, claims: dict) -> str:
    """secret: one of the server's setting auth.token.secrets; claims: what the chat is to know of the user."""
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = encode(json.dumps({**claims, "exp": int(time.time()) + 3600}).encode())
    signature = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{encode(signature)}"


if len(sys.argv) > 1:
    name = sys.argv[2] if len(sys.argv) > 2 else sys.argv[1]
    print(chat_token(os.environ["CHAT_SECRET"], {"sub": sys.argv[1], "name": name, "rooms": {"*": "write"}}))
