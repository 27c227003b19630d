"""The annotation server (标注服务): Label Studio Community, pinned, in an environment of its own, the gate inside.

- ``environment`` makes that environment and copies the gate into it; the platform never shares one with the server,
  since both have a package named ``rules``.
- ``launch`` starts, asks and stops the server; ``variables`` is everything it is told.
- ``policy`` writes who may do what; ``accounts`` makes accounts and tokens; ``tokens`` keeps
  the platform's own.
- ``strength`` says whether a server, ours or a team's own, refuses what breaks the rules or is only checked afterwards.
"""
