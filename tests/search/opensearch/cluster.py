#!/usr/bin/env python3
"""A real OpenSearch cluster for tests, on loopback, out of Maven artifacts: no Docker, nothing but Java and Maven.

    cluster.py start [--nodes N] [--http-base PORT] [--profile os3]    prints the nodes' addresses, comma-separated, when the cluster answers
    cluster.py stop

``--profile os3`` is OpenSearch 3 and needs Java 21 or later: the one in ``JAVA_HOME``, if that is set, else in the path.

Standard library only, because it runs before anything is installed. Every node is a process of its own, so that a test can
kill one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATE = Path(os.environ.get("ONRECORD_TEST_CLUSTER", Path.home() / ".cache" / "onrecord-test-cluster"))
OPTIONS = (
    "-XX:+UseSerialGC -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true -Dio.netty.noUnsafe=true "
    "-Dio.netty.noKeySetOptimization=true -Dio.netty.recycler.maxCapacityPerThread=0 -Dlog4j.shutdownHookEnabled=false "
    "-Dlog4j2.disable.jmx=true"
).split()


class ClusterError(Exception):
    """The cluster cannot be brought up; the message holds the end of the node's log."""


class Node:
    """One node: a Java process."""

    def __init__(self, number: int, cluster: Cluster) -> None:
        self.number = number
        self.url = f"http://127.0.0.1:{cluster.http_base + number}"
        self.log = cluster.folder / f"node{number}.log"
        self._cluster = cluster
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process, or None when it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the process; it answers some seconds later."""
        cluster = self._cluster
        command = [
            *(_java(), f"-Xms{cluster.heap}", f"-Xmx{cluster.heap}", *OPTIONS, "-cp", f"{cluster.jars}/*"),
            *(str(HERE / "TestNode.java"), str(self.number), str(cluster.size), str(cluster.folder)),
            *(str(cluster.http_base), str(cluster.http_base + 100)),
            *([str(cluster.write_queue)] if cluster.write_queue else []),
        ]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def died(self) -> bool:
        """Whether it was started and ended."""
        return self._process is not None and self._process.poll() is not None


class Cluster:
    """``size`` nodes in ``folder``."""

    def __init__(
        self,
        folder: Path,
        size: int = 1,
        http_base: int = 19200,
        heap: str = "512m",
        write_queue: int = 0,
        profile: str = "",
    ) -> None:
        self.folder, self.size, self.http_base, self.heap, self.write_queue = folder, size, http_base, heap, write_queue
        self.profile, self.jars = profile, STATE / f"jars{profile}"
        self.nodes = [Node(number, self) for number in range(1, size + 1)]

    @property
    def urls(self) -> list[str]:
        """Addresses of all nodes."""
        return [node.url for node in self.nodes]

    def start(self, seconds: float = 120) -> None:
        """Bring all nodes up and wait until the cluster answers with all of them.

        Raises:
            ClusterError: A node died, or the time ran out.
        """
        _fetch_jars(self.jars, self.profile)
        self.folder.mkdir(parents=True, exist_ok=True)
        for node in self.nodes:
            node.start()
        self.wait(self.size, seconds)

    def wait(self, nodes: int, seconds: float = 120) -> None:
        """Wait until some node reports at least this many nodes and every primary shard assigned."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for node in self.nodes:
                if health := _health(node.url):
                    if health["number_of_nodes"] >= nodes and health["status"] != "red":
                        return
                    break
                if node.died() and nodes == self.size:
                    raise ClusterError(f"node {node.number} ended: {_tail(node.log)}")
            time.sleep(0.5)
        raise ClusterError(f"no answer after {seconds:.0f} s: {_tail(self.nodes[0].log)}")

    def stop(self) -> None:
        """End every node and remove the data."""
        for node in self.nodes:
            node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


def _health(url: str) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=3) as answer:
            return json.load(answer)  # type: ignore[no-any-return]
    except (OSError, ValueError):
        return None


def _tail(log: Path) -> str:
    return "\n" + "\n".join(log.read_text("utf-8", "replace").splitlines()[-40:]) if log.exists() else "(no log)"


def _fetch_jars(jars: Path, profile: str) -> None:
    done = jars / ".complete"
    if done.exists():
        return
    for tool in (_java(), "mvn"):
        if shutil.which(tool) is None:
            raise ClusterError(f"{tool} is not installed")
    shutil.rmtree(jars, ignore_errors=True)
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        str(HERE / "pom.xml"),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={jars}",
        *([f"-P{profile}"] if profile else []),
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise ClusterError(f"Maven could not collect OpenSearch: {result.stdout[-2000:]}")
    done.touch()


def main() -> int:
    """Start or stop the cluster that ``ONRECORD_OPENSEARCH_URL`` of the tests points at."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("start", "stop"))
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--http-base", type=int, default=19200)
    parser.add_argument("--profile", choices=("", "os3"), default="", help="of pom.xml")
    arguments = parser.parse_args()
    pids = STATE / "pids"
    if arguments.action == "stop" or pids.exists():
        for pid in pids.read_text("utf-8").split() if pids.exists() else ():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                continue
        pids.unlink(missing_ok=True)
        shutil.rmtree(STATE / "data", ignore_errors=True)
        if arguments.action == "stop":
            return 0
    cluster = Cluster(STATE / "data", arguments.nodes, arguments.http_base, profile=arguments.profile)
    try:
        cluster.start()
    except ClusterError as error:
        cluster.stop()
        print(f"cluster: {error}", file=sys.stderr)
        return 1
    pids.write_text(" ".join(str(node.pid) for node in cluster.nodes), "utf-8")
    print(",".join(cluster.urls))
    return 0


if __name__ == "__main__":
    sys.exit(main())
