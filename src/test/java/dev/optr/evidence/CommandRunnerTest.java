package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.isolation.Isolation;
import dev.optr.process.OutputTail;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandRunnerTest {
  private static final String KEY = "sk-test-0123456789abcdef";
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(700);

  @TempDir Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private String tree;

  @BeforeEach
  void commitFiles() {
    repo = TempRepo.create(directory.resolve("repo"));
    String commit = repo.commit("files", Map.of("a.txt", "hello\n", "datalake/x.json", "{}"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    tree = repository.frozenTree(commit).tree();
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void runsInADirectoryThatHoldsTheTreeWithoutTheDatalake() throws Exception {
    CommandResult.Ended ended = run("cat a.txt && test ! -e datalake && git rev-list --count HEAD");
    assertThat(ended.command()).isEqualTo(new Check.Command(0, false, "hello\n1\n"));
  }

  @Test
  void givesTheCommandExactlyTheAllowedEnvironment() throws Exception {
    CommandResult.Ended ended = run("env", LONG, "JAVA_HOME", "NOT_SET");
    Map<String, String> environment =
        ended
            .command()
            .outputTail()
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    // The shell itself adds PWD, and some add SHLVL and _.
    assertThat(environment.keySet())
        .containsAll(List.of("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME"))
        .isSubsetOf("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME", "PWD", "SHLVL", "_");
    assertThat(environment).containsEntry("LANG", "C.UTF-8").containsEntry("JAVA_HOME", "/jdk");
    assertThat(environment.get("HOME")).isNotEqualTo("/home/me").startsWith(homes().toString());
  }

  @Test
  void givesAnEmptyHomeAndRemovesItWhateverWasLeftThere() throws Exception {
    CommandResult.Ended ended =
        run(
            "ls -A \"$HOME\" \"$TMPDIR\" | grep -v : ; mkdir -p \"$TMPDIR/a/b\" a/b \"$HOME/c\";"
                + " touch a/b/f \"$TMPDIR/a/b/f\"; ln -s / \"$HOME/root\";"
                + " chmod 000 \"$TMPDIR/a/b\" \"$TMPDIR/a\" a/b a; echo done");
    assertThat(ended.command().outputTail().strip()).isEqualTo("done");
    assertThat(homes()).isEmptyDirectory();
    assertThat(Path.of("/tmp")).exists();
  }

  @Test
  void removesDirectoriesDeeperThanAPathMayBeLong() throws Exception {
    String deep = ("/" + "d".repeat(200)).repeat(15);
    CommandResult.Ended ended =
        run(
            "cd \"$TMPDIR\" && mkdir -p one%s two%s && touch two%s/f && mv two one%s/"
                .replace("%s", deep));
    assertThat(ended.command().exitCode()).isEqualTo(0);
    assertThat(homes()).isEmptyDirectory();
  }

  @Test
  void closesStandardInput() throws Exception {
    assertThat(run("cat; echo end").command()).isEqualTo(new Check.Command(0, false, "end\n"));
  }

  @Test
  void mergesBothOutputsInOrder() throws Exception {
    assertThat(run("echo a; echo b >&2; echo c; exit 3").command())
        .isEqualTo(new Check.Command(3, false, "a\nb\nc\n"));
  }

  @Test
  void tellsAProgramThatIsNotThereFromOneThatFails() throws Exception {
    assertThat(run("no-such-program-anywhere").unavailable()).isTrue();
    assertThat(run("./a.txt").unavailable()).isTrue();
    assertThat(run("exit 1").unavailable()).isFalse();
    assertThat(run("exit 1").failed()).isTrue();
  }

  @Test
  void endsWhatTakesTooLongThoughItIgnoresTheSignal() throws Exception {
    CommandResult.Ended ended =
        run("echo $$; trap '' TERM INT HUP; while :; do sleep 0.1; done", SHORT);
    assertThat(ended.command().timedOut()).isTrue();
    assertThat(ended.command().exitCode()).isNull();
    assertThat(running(pids(ended))).isEmpty();
  }

  @Test
  void endsBackgroundChildrenOfACommandThatExited() throws Exception {
    CommandResult.Ended ended = run("sleep 6001 & echo $!; exec 1>&- 2>&-; exit 0");
    assertThat(ended.succeeded()).isTrue();
    assertThat(pids(ended)).hasSize(1);
    assertThat(running(pids(ended))).isEmpty();
  }

  @Test
  void endsDaemonsThatLeftTheProcessTree() throws Exception {
    CommandResult.Ended ended =
        run(
            "(setsid sh -c 'echo $$; exec sleep 6002' &) ;"
                + " (cd / && setsid sh -c 'echo $$; exec sleep 6003' </dev/null &) ;"
                + " (env -i setsid sh -c 'echo $$; exec sleep 6004' &) ; sleep 0.5");
    assertThat(pids(ended)).hasSize(3);
    assertThat(running(pids(ended))).isEmpty();
  }

  @Test
  void endsTheWholeTreeOnATimeout() throws Exception {
    CommandResult.Ended ended =
        run("sh -c 'echo $$; sh -c \"echo \\$\\$; sleep 6005; true\"; true' ; true", SHORT);
    assertThat(pids(ended)).hasSize(2);
    assertThat(running(pids(ended))).isEmpty();
  }

  @Test
  void survivesAFloodOfOutput() throws Exception {
    CommandResult.Ended ended =
        run("head -c 100000000 /dev/zero | tr '\\0' x; echo; echo the end; exit 4");
    assertThat(ended.command().exitCode()).isEqualTo(4);
    assertThat(ended.command().outputTail())
        .hasSize(OutputTail.LARGEST_BYTES)
        .startsWith("[earlier output cut]\n")
        .endsWith("x\nthe end\n");
  }

  @Test
  void survivesAFloodThatOutlivesTheCommand() throws Exception {
    CommandResult.Ended ended = run("yes & yes & sleep 0.2; echo $!; exit 0");
    assertThat(ended.succeeded()).isTrue();
    assertThat(ended.command().outputTail().length()).isLessThanOrEqualTo(OutputTail.LARGEST_BYTES);
  }

  @Test
  void redactsCredentialsAndTakesColoursOut() throws Exception {
    CommandResult.Ended ended = run("printf '\\033[31mkey " + KEY + "\\033[0m\\n'; exit 1");
    assertThat(ended.command().outputTail()).isEqualTo("key ***\n");
  }

  @Test
  void neverHandsACredentialToCandidateCode() throws Exception {
    CommandResult result =
        runner().run(tree, SamplePolicy.command("tests", "env", LONG, "OPENAI_API_KEY"));
    assertThat(result)
        .isInstanceOfSatisfying(
            CommandResult.NotStarted.class,
            refused ->
                assertThat(refused.reason())
                    .contains("'OPENAI_API_KEY' holds a credential")
                    .doesNotContain(KEY));
  }

  @Test
  void endsTheCommandWhenTheLaneIsInterrupted() throws Exception {
    Path started = directory.resolve("started");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread lane =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    run(
                        "echo $$ > "
                            + started
                            + ".new; mv "
                            + started
                            + ".new "
                            + started
                            + "; sleep 6006");
                  } catch (Throwable e) {
                    thrown.set(e);
                  }
                });
    while (!Files.exists(started)) {
      Thread.sleep(10);
    }
    lane.interrupt();
    lane.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(running(List.of(Long.parseLong(Files.readString(started).strip())))).isEmpty();
    assertThat(homes()).isEmptyDirectory();
  }

  private CommandResult.Ended run(String command) throws InterruptedException {
    return run(command, LONG);
  }

  private CommandResult.Ended run(String command, Duration limit, String... env)
      throws InterruptedException {
    CommandResult result = runner().run(tree, SamplePolicy.command("tests", command, limit, env));
    return switch (result) {
      case CommandResult.Ended ended -> ended;
      case CommandResult.NotStarted _, CommandResult.Told _ ->
          throw new AssertionError(String.valueOf(result));
    };
  }

  private CommandRunner runner() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", "/home/me");
    environment.put("JAVA_HOME", "/jdk");
    environment.put("GITHUB_TOKEN", "a token that nobody may see");
    environment.put("OPENAI_API_KEY", KEY);
    return new CommandRunner(
        trees,
        environment,
        homes(),
        new Redactor(List.of(Secret.of(KEY))),
        System::nanoTime,
        2,
        Isolation.none("no test of isolation"));
  }

  private Path homes() {
    return directory.resolve("homes");
  }

  private static List<Long> pids(CommandResult.Ended ended) {
    return ended
        .command()
        .outputTail()
        .lines()
        .filter(line -> line.matches("[0-9]+"))
        .map(Long::valueOf)
        .toList();
  }

  /** Those that still run; where nobody reaps them, ended ones stay listed as zombies. */
  private static List<Long> running(List<Long> pids) {
    return pids.stream().flatMap(CommandRunnerTest::state).toList();
  }

  private static Stream<Long> state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.contains(") Z ") ? Stream.of() : Stream.of(pid);
    } catch (IOException ended) {
      return Stream.of();
    }
  }
}
