"""Speaks to a server through its own SDK, inside the server's environment: a JSON request per line in, an answer out.

A request is ``[url, token, [steps of attributes], {keyword: value}]``; an answer ``[status, body or null]``.
"""

import json
import sys
from functools import reduce

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

for line in sys.stdin:
    url, token, steps, given = json.loads(line)
    try:
        done = reduce(getattr, steps, LabelStudio(base_url=url, api_key=token))(**given)
        answer = [200, getattr(done, "id", None)]
    except ApiError as error:
        answer = [error.status_code, error.body if isinstance(error.body, dict) else None]
    sys.stdout.write(json.dumps(answer, default=str) + "\n")
    sys.stdout.flush()
