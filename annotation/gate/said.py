"""Lets the browser show the gate's sentence: the server's own page says only that something was not saved, in English.

A script of a few lines, put before the page's own, looks at each refused call and shows what the gate said. It changes
no call and holds nothing back.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase

PATH = "yuliao/said.js"
_TAG = f'<script src="/{PATH}"></script>'.encode()
SCRIPT = """\
(() => {
  const ask = window.fetch;
  const style = document.createElement("style");
  style.textContent = `
    #yuliao-said { position: fixed; z-index: 2147483647; top: 56px; left: 50%; transform: translateX(-50%);
      max-width: 80vw; padding: 14px 22px; border-radius: 6px; background: #9b1c1c; color: #fff; cursor: pointer;
      font: 16px/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; box-shadow: 0 4px 16px #0006; }
    [class*="toast"]:has(a[href*="support.humansignal.com"]) { display: none !important; }`;
  document.head.append(style);
  let timer;
  const say = (words) => {
    let box = document.getElementById("yuliao-said");
    if (!box) {
      box = document.createElement("div");
      box.id = "yuliao-said";
      box.setAttribute("role", "alert");
      box.onclick = () => box.remove();
      document.body.append(box);
    }
    box.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => box.remove(), 20000);
  };
  window.fetch = async (...given) => {
    const reply = await ask(...given);
    if (reply.status >= 400) {
      reply.clone().json().then((body) => {
        if (String(body?.display_context?.code).startsWith("gate.")) say(body.detail);
      }).catch(() => {});
    }
    return reply;
  };
})();
"""


def script(_request: HttpRequest) -> HttpResponse:
    """Answer with the script."""
    return HttpResponse(SCRIPT, content_type="text/javascript; charset=utf-8")


def put_into(response: HttpResponseBase) -> None:
    """Put the script into a page, before the page's own."""
    if not isinstance(response, HttpResponse) or not response.get("Content-Type", "").startswith("text/html"):
        return
    head, found, rest = response.content.partition(b"<head>")
    if found:
        response.content = head + found + _TAG + rest
        if "Content-Length" in response:
            response["Content-Length"] = str(len(response.content))
