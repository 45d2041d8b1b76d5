package dev.optr.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each attack must succeed without isolation, which proves that it works here, and fail with it.
 * Where a mechanism is missing the tests are left out, but not in continuous integration.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileSuite {
  private static final boolean STRICT = "true".equals(System.getenv("CI"));
  private List<String> results = List.of();

  /** What stands before the program, so that the user runs it; needs root. */
  abstract List<String> asUser();

  /** The user's id. */
  abstract int user();

  @BeforeAll
  void runEverything(@TempDir Path temporary) throws Exception {
    require(isRoot(), "the hostile suite needs root, to run as root and as an ordinary user");
    Path open =
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path classes = Files.createDirectory(open.resolve("classes"));
    copy(Path.of("target/classes/dev"), classes.resolve("dev"));
    copy(Path.of("target/test-classes/dev"), classes.resolve("dev"));
    Path own = Files.createDirectory(open.resolve("own"));
    Files.setAttribute(own, "unix:uid", user());
    run(own, classes);
    results = Files.readAllLines(own.resolve("results"));
    require(results.contains("level full"), "isolation is not full here: " + results);
  }

  private void run(Path own, Path classes) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(asUser());
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classes.toString(),
            HostileMain.class.getName(),
            own.toString(),
            classes.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(own.toFile());
    builder.environment().put("OPTR_SECRET", Victim.CANARY);
    // Open to the user, so that it is not its permissions that defend it.
    Path log = Files.createFile(own.resolveSibling("log"));
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
    int exit = builder.redirectOutput(log.toFile()).start().waitFor();
    assertThat(exit).as(() -> read(log)).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (STRICT) {
      assertThat(holds).as(otherwise).isTrue();
    }
    assumeTrue(holds, otherwise);
  }

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Path file = to.resolve(from.relativize(path).toString());
            Files.copy(path, file, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void defends(Attack attack) {
    assertThat(result(attack + " off ")).as("without isolation").contains(Victim.CANARY);
    assertThat(result(attack + " required ")).as("with isolation").doesNotContain(Victim.CANARY);
  }

  private void works(String tool) {
    assertThat(result(tool + " required ")).contains(Victim.CANARY);
  }

  private String result(String name) {
    return results.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no result of " + name + "in " + results))
        .substring(name.length());
  }

  @Test
  void cannotReadOurEnvironmentThroughProc() {
    defends(Attack.READ_OUR_ENVIRONMENT);
  }

  @Test
  void cannotReadOurMemory() {
    defends(Attack.READ_OUR_MEMORY);
  }

  @Test
  void cannotWriteWorkflowCommandsToOurOutput() {
    defends(Attack.WRITE_TO_OUR_OUTPUT);
  }

  @Test
  void cannotReadOurSshKey() {
    defends(Attack.READ_OUR_SSH_KEY);
  }

  @Test
  void cannotReadTheEventFile() {
    defends(Attack.READ_THE_EVENT_FILE);
  }

  @Test
  void cannotReachTheDockerSocket() {
    defends(Attack.REACH_THE_DOCKER_SOCKET);
  }

  @Test
  void cannotReachDockerOverTcp() {
    defends(Attack.REACH_DOCKER_OVER_TCP);
  }

  @Test
  void cannotReachAStandInForTheMetadataAddress() {
    defends(Attack.REACH_A_STAND_IN_FOR_THE_METADATA_ADDRESS);
  }

  @Test
  void cannotWriteOutsideItsDirectory() {
    defends(Attack.WRITE_OUTSIDE_ITS_DIRECTORY);
  }

  @Test
  void cannotEmptyAFileOutsideItsDirectory() {
    defends(Attack.EMPTY_A_FILE_OUTSIDE);
  }

  @Test
  void cannotLeaveAFileInTmp() {
    defends(Attack.LEAVE_A_FILE_IN_TMP);
  }

  @Test
  void cannotEditTheLedger() {
    defends(Attack.EDIT_THE_LEDGER);
  }

  @Test
  void cannotForgeTheReportOfAnotherRun() {
    defends(Attack.FORGE_THE_REPORT_OF_ANOTHER_RUN);
  }

  @Test
  void cannotSignalUs() {
    defends(Attack.SIGNAL_US);
  }

  @Test
  void cannotForkWithoutEnd() {
    defends(Attack.FORK_WITHOUT_END);
  }

  @Test
  void cannotFillTheDiskByOneFile() {
    defends(Attack.FILL_THE_DISK_BY_ONE_FILE);
  }

  @Test
  void cannotFillTheDiskByManyFiles() {
    defends(Attack.FILL_THE_DISK_BY_MANY_FILES);
  }

  @Test
  void cannotOutliveTheRun() {
    defends(Attack.OUTLIVE_THE_RUN);
  }

  @Test
  void javaCompilesAndRunsInFullConfinement() {
    works("compile");
  }

  @Test
  void nodeRunsInFullConfinement() {
    works("node");
  }

  @Test
  void pythonRunsInFullConfinement() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no Python here");
    works("python");
  }

  @Test
  void gitCommitsInFullConfinement() {
    works("git");
  }
}
