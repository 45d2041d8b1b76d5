package dev.optr.isolation;

import java.nio.file.Path;

/** What a hostile candidate's test tries, as a line of shell. */
enum Attack {
  READ_OUR_ENVIRONMENT("tr '\\0' '\\n' < /proc/$PPID/environ"),
  READ_OUR_MEMORY(
      "start=$(grep -m1 'rw-p' /proc/$PPID/maps | cut -d- -f1) && test -n \"$start\""
          + " && dd if=/proc/$PPID/mem bs=4096 skip=$((0x$start / 4096)) count=1 2>/dev/null"
          + " | wc -c | grep -x 4096 && echo CANARY"),
  WRITE_TO_OUR_OUTPUT("echo '::set-output name=x::y' > /proc/$PPID/fd/1 && echo CANARY"),
  READ_OUR_SSH_KEY("cat VICTIM/home/.ssh/id_ed25519"),
  READ_THE_EVENT_FILE("cat VICTIM/event.json"),
  REACH_THE_DOCKER_SOCKET("JAVA -cp CLASSES dev.optr.isolation.SocketAttack VICTIM/docker.sock"),
  REACH_DOCKER_OVER_TCP("JAVA -cp CLASSES dev.optr.isolation.SocketAttack 127.0.0.1 PORT"),
  REACH_A_STAND_IN_FOR_THE_METADATA_ADDRESS(
      "JAVA -cp CLASSES dev.optr.isolation.SocketAttack 127.0.0.2 PORT"),
  WRITE_OUTSIDE_ITS_DIRECTORY("echo owned >> VICTIM/open.txt && echo CANARY"),
  EMPTY_A_FILE_OUTSIDE("truncate -s 0 VICTIM/full.txt && ! test -s VICTIM/full.txt && echo CANARY"),
  LEAVE_A_FILE_IN_TMP("echo x > /tmp/optr-hostile-$$ && rm /tmp/optr-hostile-$$ && echo CANARY"),
  EDIT_THE_LEDGER("echo '{}' >> VICTIM/repository/datalake/ledger.jsonl && echo CANARY"),
  FORGE_THE_REPORT_OF_ANOTHER_RUN(
      "echo '<testsuite tests=\"1\"/>' > VICTIM/other-run/target/TEST-shop.xml && echo CANARY"),
  SIGNAL_US("kill -0 $PPID && echo CANARY"),
  FORK_WITHOUT_END("i=0; while [ $i -lt 200 ]; do sleep 30 & i=$((i + 1)); done; echo CANARY"),
  FILL_THE_DISK_BY_ONE_FILE("dd if=/dev/zero of=big bs=1M count=40 2>/dev/null && echo CANARY"),
  FILL_THE_DISK_BY_MANY_FILES(
      "for i in 1 2 3 4 5; do dd if=/dev/zero of=big$i bs=1M count=15 2>/dev/null; done;"
          + " sleep 8; echo CANARY"),
  OUTLIVE_THE_RUN(
      "(cd / && env -i setsid sh -c 'sleep 61.5 & sleep 61.5' </dev/null >/dev/null 2>&1 &); sleep 0.3");

  static final String SURVIVOR = "61.5";

  private final String script;

  Attack(String script) {
    this.script = script;
  }

  /**
   * @param victim directory of what is attacked
   * @param classes where this class lies
   * @param port of the server that is attacked
   */
  String script(Path victim, Path classes, int port) {
    return script
        .replace("VICTIM", victim.toString())
        .replace("CLASSES", classes.toString())
        .replace("PORT", Integer.toString(port))
        .replace("JAVA", System.getProperty("java.home") + "/bin/java");
  }
}
