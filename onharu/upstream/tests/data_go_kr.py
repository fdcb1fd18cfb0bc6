"""What data.go.kr says, in the envelopes and shapes it says it in, whatever the dataset."""

from __future__ import annotations

import json
import socket
import struct
from xml.sax.saxutils import escape

from onharu.upstream.tests.sockets import saying

KEY = "AbC+dEf/gHi=="
ENCODED_KEY = "AbC%2BdEf%2FgHi%3D%3D"


def as_json(items, total=1, page=1, size=500, code="00", *, inside=False):
    """Say it in envelope A, or in envelope B where `inside`."""
    said = {
        "header": {"resultCode": code, "resultMsg": "NORMAL SERVICE."},
        "body": {"pageNo": page, "totalCount": total, "numOfRows": size, "items": items},
    }
    return json.dumps({"response": said} if inside else said, ensure_ascii=False)


def as_xml(rows, total=1, page=1, size=500):
    """Say it in XML; nothing is an empty element."""
    cells = [
        "".join(
            f"<{name}>{escape(str(value))}</{name}>" if value is not None else f"<{name}/>"
            for name, value in row.items()
        )
        for row in rows
    ]
    items = "".join(f"<item>{row}</item>" for row in cells)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><response><header><resultCode>00</resultCode>'
        f"<resultMsg>NORMAL SERVICE.</resultMsg></header><body><numOfRows>{size}</numOfRows><pageNo>{page}</pageNo>"
        f"<totalCount>{total}</totalCount><items>{items}</items></body></response>"
    )


def gateway_xml(code, message="SERVICE_KEY_IS_NOT_REGISTERED_ERROR"):
    """The gateway's own envelope."""
    return (
        "<OpenAPI_ServiceResponse>\n<cmmMsgHeader>\n<errMsg>SERVICE ERROR</errMsg>\n"
        f"<returnAuthMsg>{message}</returnAuthMsg>\n<returnReasonCode>{code}</returnReasonCode>\n</cmmMsgHeader>\n"
        "</OpenAPI_ServiceResponse>"
    )


def gateway_json(code, message="SERVICE_KEY_IS_NOT_REGISTERED_ERROR", auth="등록되지 않은 서비스키"):
    """Its twin of the newer gateway."""
    said = {"errMsg": message, "returnAuthMsg": auth, "returnReasonCode": code}
    return json.dumps({"OpenAPI_ServiceResponse": {"cmmMsgHeader": said}}, ensure_ascii=False)


def answered(body, status=200, kind="application/json"):
    """Answer every request with this, over a socket."""
    body = body if isinstance(body, bytes) else body.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return saying(head.encode() + body)


def reset(connection):
    """Hang up in the rudest way."""
    connection.recv(65536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
