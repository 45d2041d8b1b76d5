package dev.optr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Checkpoint;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.MergeTrial;
import dev.optr.git.MergeTrials;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Times the check non-interference against many open pull requests on a large repository, beside
 * git's own merge-tree for the same merges.
 */
public final class InterferenceBench {
  private static final int COMMITS = 1000;
  private static final int FILES_CHANGED = 5;

  private final Path directory;

  private InterferenceBench(Path directory) {
    this.directory = directory;
  }

  /** Takes the numbers of files and of pull requests; 100,000 and 200 where they are left out. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int heads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    Path directory = Files.createTempDirectory("interference-bench");
    try {
      new InterferenceBench(directory).measure(files, heads);
    } finally {
      ToolboxBench.remove(directory);
    }
  }

  private void measure(int files, int heads) throws IOException, InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    System.out.printf(
        Locale.ROOT,
        "%,d files, %,d commits, %d open pull requests, %d processors%n",
        files,
        COMMITS,
        heads,
        processors);
    Path bare = directory.resolve("repository");
    Files.createDirectories(bare);
    git(directory, "init", "-q", "--bare", "-b", "main", "repository").waitFor();
    generate(bare, files, heads);
    try (GitRepository repository = GitRepository.open(bare, Checkpoint.NONE);
        TreeStore store = TreeStore.open(repository, directory.resolve("temporary"))) {
      String frozen = repository.resolve("main").orElseThrow();
      List<String> others =
          IntStream.range(0, heads)
              .mapToObj(i -> repository.resolve("refs/heads/pr" + i).orElseThrow())
              .toList();
      FrozenTree tree = repository.frozenTree(frozen);
      String candidate = candidate(store, tree);
      long first = ours(store.mergeTrials(frozen, processors), candidate, others, true);
      long again = ours(store.mergeTrials(frozen, processors), candidate, others, false);
      long gits = gits(bare, frozen, others);
      System.out.printf(
          Locale.ROOT,
          "one path, merged before and with: %,d ms (again %,d ms); git merge-tree, twice each: %,d ms; ratio %.2f%n",
          first,
          again,
          gits,
          (double) first / gits);
    }
  }

  /** A path that touches files of many directories, so that no walk is spared. */
  private static String candidate(TreeStore store, FrozenTree tree) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      edits.add(new Edit.Rewrite(path(i * 7), "changed by the path\n", null));
    }
    return store.apply(tree, edits) instanceof TreeResult.Applied applied
        ? applied.tree()
        : "nothing";
  }

  private static long ours(MergeTrials trials, String candidate, List<String> others, boolean said)
      throws InterruptedException {
    long start = System.nanoTime();
    trials.frozen(others);
    Map<String, MergeTrial> with = trials.candidate(candidate, others);
    long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
    if (said) {
      long clean = with.values().stream().filter(MergeTrial.Clean.class::isInstance).count();
      System.out.printf(
          Locale.ROOT, "%d of them merge with the path, %d do not%n", clean, with.size() - clean);
    }
    return took;
  }

  /** The frozen commit takes the candidate's place: git merges commits alone. */
  private static long gits(Path bare, String frozen, List<String> others)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (int round = 0; round < 2; round++) {
      for (String other : others) {
        int exit = git(bare, "merge-tree", "--write-tree", frozen, other).waitFor();
        if (exit > 1) {
          throw new IllegalStateException("git merge-tree ended with " + exit);
        }
      }
    }
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static Process git(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String path(int i) {
    return "src/m%02d/d%03d/C%d.java".formatted(i % 50, i / 50 % 200, i);
  }

  /** Main goes on commit by commit; each pull request began at one of them. */
  private void generate(Path bare, int files, int heads) throws IOException, InterruptedException {
    StringBuilder out = new StringBuilder("feature done\n");
    commit(out, "main", 1, "");
    for (int i = 0; i < files; i++) {
      file(out, i, text(i));
    }
    for (int i = 0; i < COMMITS; i++) {
      commit(out, "main", i + 2, "");
      file(out, i * 31 % files, text(i) + "// on main\n");
    }
    for (int i = 0; i < heads; i++) {
      commit(out, "pr" + i, COMMITS + 2 + i, "from :" + (1 + i * COMMITS / heads) + "\n");
      for (int j = 0; j < FILES_CHANGED; j++) {
        file(out, (i * 97 + j * 13) % files, text(i) + "// on a branch " + i + "\n");
      }
    }
    Path input = directory.resolve("input");
    Files.write(input, out.append("done\n").toString().getBytes(UTF_8));
    int exit =
        new ProcessBuilder("git", "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet")
            .directory(bare.toFile())
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException("git fast-import ended with " + exit);
    }
  }

  private static void commit(StringBuilder out, String branch, int mark, String from) {
    out.append("commit refs/heads/").append(branch).append("\nmark :").append(mark);
    out.append("\ncommitter Bench <bench@example.org> 1767225600 +0000\ndata 6\nbench\n");
    out.append(from);
  }

  private static void file(StringBuilder out, int i, String text) {
    out.append("M 100644 inline ").append(path(i)).append('\n');
    out.append("data ").append(text.length()).append('\n').append(text).append('\n');
  }

  private static String text(int i) {
    return "// file %d\n%s".formatted(i, "a line of text, like many others\n".repeat(5));
  }
}
