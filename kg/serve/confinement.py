"""What a worker process may not do: open connections, take all memory, or dump its memory to a file.

The endpoint refuses ``SERVICE`` by the query's text; a worker that cannot open a socket is the second lock. On Linux a seccomp filter
(https://docs.kernel.org/userspace-api/seccomp_filter.html) answers ``socket`` with "not permitted", needs no privilege and cannot be
taken back. Elsewhere only the first lock holds, and :func:`confine` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD_WORD, _EQUALS, _RETURN = 0x20, 0x15, 0x06  # BPF: ld [k]; jeq #k; ret #k
_ALLOW, _NOT_PERMITTED = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ERRNO | EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
#: machine → its AUDIT_ARCH and the number of its system call ``socket``
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def confine(memory: int) -> bool:
    """Limit this process to ``memory`` bytes of data and keep it from opening sockets; whether the latter could be done."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    return sys.platform == "linux" and platform.machine() in _MACHINES and _no_sockets()


def _no_sockets() -> bool:
    architecture, socket = _MACHINES[platform.machine()]
    steps = (
        (_LOAD_WORD, 0, 0, _ARCHITECTURE_AT),
        (_EQUALS, 0, 3, architecture),  # calls of another architecture: not permitted
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        (_EQUALS, 1, 0, socket),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _NOT_PERMITTED),
    )
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    head = ctypes.create_string_buffer(
        struct.pack("HxxxxxxQ" if sys.maxsize > 2**32 else "HxxI", len(steps), ctypes.addressof(program))
    )
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(head), 0, 0) == 0)
