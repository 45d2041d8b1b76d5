package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random changes of both sides, merged by us and by git itself. */
final class MergeAsGitTest {
  private static final int CASES = 150;

  @TempDir Path directory;

  @Test
  void findsTheConflictsThatGitFinds() throws Exception {
    assumeTrue(RealGit.isPresent(), "git is not installed");
    try (MadeHistory made = new MadeHistory(directory)) {
      List<String> different = new ArrayList<>();
      int clean = 0;
      for (int seed = 0; seed < CASES; seed++) {
        Random random = new Random(seed);
        Map<String, MadeHistory.Entry> base = start(random);
        String root = made.commitOf(base);
        List<String> said = new ArrayList<>();
        String ours = made.commitOf(changed(base, random, said), root);
        String theirs = made.commitOf(changed(base, random, said), root);
        boolean own = made.merge(ours, theirs).equals(new MergeTrial.Clean());
        clean += own ? 1 : 0;
        if (own != gitMerges(ours, theirs)) {
          different.add("seed " + seed + ", clean for us: " + own + ": " + said);
        }
      }
      assertThat(different).isEmpty();
      assertThat(clean).isBetween(CASES / 5, CASES * 4 / 5);
    }
  }

  private boolean gitMerges(String ours, String theirs) throws IOException, InterruptedException {
    ProcessBuilder merge =
        new ProcessBuilder(
            "git",
            "-c",
            "merge.directoryRenames=false",
            "merge-tree",
            "--write-tree",
            ours,
            theirs);
    merge.directory(directory.resolve("repository").toFile());
    merge.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    merge.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process process = merge.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    int exit = process.waitFor();
    assertThat(exit).isBetween(0, 1);
    return exit == 0;
  }

  private static Map<String, MadeHistory.Entry> start(Random random) {
    Map<String, MadeHistory.Entry> files = new TreeMap<>();
    for (String path : List.of("a", "b", "d/a", "d/b", "d/e/a", "f.txt")) {
      files.put(path, MadeHistory.Entry.file(text(path, 6 + random.nextInt(8))));
    }
    return files;
  }

  private static String text(String name, int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(i % 4 == 3 ? "}\n" : "the text of " + name + ", line " + i + "\n");
    }
    return text.toString();
  }

  private static Map<String, MadeHistory.Entry> changed(
      Map<String, MadeHistory.Entry> base, Random random, List<String> said) {
    Map<String, MadeHistory.Entry> files = new TreeMap<>(base);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      List<String> paths = List.copyOf(files.keySet());
      change(files, paths.get(random.nextInt(paths.size())), random, said);
    }
    said.add("/");
    return files;
  }

  private static void change(
      Map<String, MadeHistory.Entry> files, String path, Random random, List<String> said) {
    MadeHistory.Entry entry = Objects.requireNonNull(files.get(path));
    int kind = random.nextInt(10);
    said.add(kind + " " + path);
    switch (kind) {
      case 0 -> files.remove(path);
      case 1 -> {
        files.remove(path);
        put(files, List.of("moved", "d/moved", "b").get(random.nextInt(3)), entry);
      }
      case 2 -> put(files, "d", MadeHistory.Entry.file("now a file\n"));
      case 3 -> put(files, "f.txt/" + random.nextInt(2), MadeHistory.Entry.file("deeper\n"));
      case 4 ->
          put(
              files,
              "new" + random.nextInt(2),
              MadeHistory.Entry.file(random.nextInt(2) + " is new\n"));
      case 5 -> files.put(path, new MadeHistory.Entry(FileMode.EXECUTABLE_FILE, entry.text()));
      default -> files.put(path, new MadeHistory.Entry(entry.mode(), edited(entry.text(), random)));
    }
  }

  /** A file and a directory of one name cannot both be there. */
  private static void put(
      Map<String, MadeHistory.Entry> files, String path, MadeHistory.Entry entry) {
    files.keySet().removeIf(other -> other.startsWith(path + "/") || path.startsWith(other + "/"));
    files.put(path, entry);
  }

  private static String edited(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return "no longer empty\n";
    }
    int at = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, "added " + random.nextInt(3));
      default -> lines.set(at, "changed " + random.nextInt(3));
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
