"""File systems of a test's own, in memory, that are as full as the test says.

They are mounted where only the test's processes see them, and go with them; no root is needed. How
much room is left is set at any time, so that a disk is full at the step that is looked at.
"""

import os
import subprocess


class SmallDisks:
    """A tmpfs of `kib` at each of `folders`, which are there. What is run `under` this sees them;
    the test itself finds a file of theirs by `seen`. Closing unmounts them, once nobody is in
    there."""

    KEEPER = 'for folder; do mount -t tmpfs -o size="$KIB"k tmpfs "$folder" || exit 9; done;' \
             'echo ready; exec cat'

    def __init__(self, *folders, kib=512 * 1024):
        root = os.geteuid() == 0
        privately = ("unshare", "--mount") if root else ("unshare", "-r", "--mount")
        self.kib = kib
        self.keeper = subprocess.Popen(
            [*privately, "env", f"KIB={kib}", "sh", "-c", self.KEEPER, "sh", *folders],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.keeper.stdout.readline() != b"ready\n":
            raise AssertionError(f"no tmpfs could be mounted: {self.keeper.wait()}")
        user = () if root else ("--user", "--preserve-credentials")
        self.under = ("nsenter", f"--target={self.keeper.pid}", *user, "--mount", "--wd=.")

    def close(self):
        self.keeper.stdin.close()
        self.keeper.wait()
        self.keeper.stdout.close()

    def seen(self, path):
        return f"/proc/{self.keeper.pid}/root{path}"

    def used_kib(self, folder):
        figures = os.statvfs(self.seen(folder))
        return (figures.f_blocks - figures.f_bfree) * figures.f_frsize // 1024

    def leave(self, folder, kib):
        """From now on so much room is left, and no more."""
        self._resize(folder, max(self.used_kib(folder) + kib, 4))

    def make_room(self, folder):
        self._resize(folder, self.kib)

    def _resize(self, folder, kib):
        subprocess.run([*self.under, "mount", "-o", f"remount,size={kib}k", folder], check=True)
