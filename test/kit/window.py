"""Runs a program on a pseudo terminal: what comes in on standard input is typed, what the program draws goes to standard output.

python3 window.py COLUMNS ROWS PROGRAM [ARGUMENT ...]; a byte 0x1d, then `COLUMNSxROWS` and a newline, changes the size of the window.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


columns, rows, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
child, master = pty.fork()
if child == 0:
    os.execvp(program[0], program)
resize(master, columns, rows)
while True:
    ready, _, _ = select.select([master, 0], [], [])
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed == b"":
            os.kill(child, signal.SIGKILL)
            break
        for size in re.findall(rb"\x1d(\d+)x(\d+)\n", typed):
            resize(master, int(size[0]), int(size[1]))
        os.write(master, re.sub(rb"\x1d\d+x\d+\n", b"", typed))
    if master in ready:
        try:
            drawn = os.read(master, 65536)
        except OSError:
            break
        if drawn == b"":
            break
        os.write(1, drawn)
_, status = os.waitpid(child, 0)
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
