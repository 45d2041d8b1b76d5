package dev.optr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.ToolAnswer;
import dev.optr.agents.Toolbox;
import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.intent.ContextRules;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Times the reading tools on a large repository, beside git's own commands for the same. */
public final class ToolboxBench {
  private static final int RUNS = 5;

  /** None matches any line: every byte of every file is looked at. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "zzz_not_there",
          "(foo|bar|baz)qux",
          "zzz_one|qqq_two|xxx_three",
          "[zq]zz_one|qqq_two",
          "[a-z]+[0-9]{3}zzz",
          "[A-Z][a-z]+ [0-9]",
          "^[ \t]$");

  private final Path directory;

  private ToolboxBench(Path directory) {
    this.directory = directory;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Takes the number of files; 100,000 where it is left out. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("toolbox-bench");
    try {
      new ToolboxBench(directory).measure(count);
    } finally {
      remove(directory);
    }
  }

  private void measure(int count) throws IOException, InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    System.out.printf(Locale.ROOT, "%,d files, %d processors; milliseconds%n", count, processors);
    System.out.println("ours: first call in a fresh process, median, processor time; git: median");
    Path input = directory.resolve("input");
    Files.write(input, stream(count));
    repository("packed", input, false);
    git(directory.resolve("packed"), "repack", "-adfq");
    repository("loose", input, true);
    for (String kind : List.of("packed", "loose")) {
      measure(kind, processors);
    }
  }

  private void repository(String name, Path input, boolean loose)
      throws IOException, InterruptedException {
    git(directory, "init", "-q", "--bare", "-b", "main", name);
    Process importing =
        git(
                "-c",
                "fastimport.unpackLimit=" + (loose ? Integer.MAX_VALUE : 1),
                "fast-import",
                "--quiet")
            .directory(directory.resolve(name).toFile())
            .redirectInput(input.toFile())
            .start();
    check(importing.waitFor());
  }

  private static byte[] stream(int count) {
    StringBuilder out = new StringBuilder("feature done\ncommit refs/heads/main\n");
    out.append("committer Bench <bench@example.org> 1767225600 +0000\ndata 6\nbench\n");
    for (int i = 0; i < count; i++) {
      String text = text(i);
      out.append("M 100644 inline src/m%02d/d%03d/C%d.java%n".formatted(i % 50, i / 50 % 200, i));
      out.append("data ").append(text.length()).append('\n').append(text).append('\n');
    }
    return out.append("done\n").toString().getBytes(UTF_8);
  }

  private static String text(int i) {
    return """
    // file %d
    package p%d;

    final class C%d {
      int value() {
        return %d;
      }

      String name() {
        return "number %d of many, with words enough to make it some 200 bytes";
      }
    }
    """
        .formatted(i, i % 97, i, i * 7919L, i);
  }

  private void measure(String kind, int processors) throws IOException, InterruptedException {
    Path path = directory.resolve(kind);
    try (GitRepository repository = GitRepository.open(path, Checkpoint.NONE)) {
      String head = repository.resolve("main").orElseThrow();
      compare(
          kind + ": frozen tree",
          () -> repository.frozenTree(head),
          () -> git(path, "ls-tree", "-r", head));
      FrozenTree frozen = repository.frozenTree(head);
      compare(kind + ": what agents may see of it", () -> visible(frozen), null);
      // Time stands still, so that no search gives up: how long all of it takes is the question.
      Toolbox toolbox = new Toolbox(visible(frozen), () -> Instant.EPOCH, processors);
      compare(
          kind + ": list_files('**/*.nothing')",
          () -> call(toolbox, "list_files", Json.object().put("glob", "**/*.nothing").build()),
          () -> git(path, "ls-tree", "-r", "--name-only", head));
      for (String regex : EXPRESSIONS) {
        compare(
            kind + ": search('" + regex + "')",
            () -> call(toolbox, "search", search(regex)),
            () -> git(path, "grep", "-c", "-E", regex, head));
      }
    }
  }

  private static FrozenTree visible(FrozenTree frozen) {
    Workflow workflow =
        WorkflowFile.parse(
            "workflow-optr.yaml",
            Bytes.utf8(
                """
                agents: [{name: a, type: openai-codex}]
                scope: ['src/**']
                context: {exclude: ['secrets/**', '**/*.gen.java', '**/build/**']}
                """));
    return frozen.showing(ContextRules.of(workflow).visible());
  }

  private static JsonObject search(String regex) {
    return Json.object().put("regex", regex).put("glob", Json.NULL).build();
  }

  private static void call(Toolbox toolbox, String name, JsonObject arguments)
      throws InterruptedException {
    ToolAnswer answer = toolbox.call(name, arguments);
    if (answer.error() || !answer.text().startsWith("no ")) {
      throw new IllegalStateException(answer.text());
    }
  }

  private static void compare(String what, Work ours, @Nullable Work git)
      throws IOException, InterruptedException {
    long first = time(ours);
    long before = processorTime();
    long median = median(ours);
    long processor = (processorTime() - before) / RUNS;
    String line = "%-46s %6d %6d %6d".formatted(what, first, median, processor);
    if (git != null) {
      long theirs = Math.max(1, median(git));
      double ratio = (double) median / theirs;
      line += String.format(Locale.ROOT, "   git %6d   ratio %.2f", theirs, ratio);
    }
    System.out.println(line);
  }

  /** Of this process and all its threads; other than time, it is the same on a busy machine. */
  private static long processorTime() {
    Optional<Duration> used = ProcessHandle.current().info().totalCpuDuration();
    return used.map(Duration::toMillis).orElse(0L);
  }

  private static long median(Work work) throws IOException, InterruptedException {
    long[] times = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      times[i] = time(work);
    }
    return IntStream.range(0, RUNS).mapToLong(i -> times[i]).sorted().toArray()[RUNS / 2];
  }

  private static long time(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void git(Path directory, String... arguments)
      throws IOException, InterruptedException {
    check(
        git(arguments)
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor());
  }

  private static ProcessBuilder git(String... arguments) {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** 1 is what git grep ends with where nothing matches. */
  private static void check(int exit) {
    if (exit > 1) {
      throw new IllegalStateException("git ended with " + exit);
    }
  }

  /** Deletes a directory with all that is in it. */
  public static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
