package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Checkpoint;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.testing.HaltingMain;
import dev.optr.testing.ProgramProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A repository of its own, with a temporary directory and keys of its own, in which the program is
 * killed and started again.
 *
 * @param home of everything here
 * @param key what both providers are asked with, so that they can tell sites apart
 */
record CrashSite(Path home, String key) {
  private static final String[] ARGUMENTS = {
    "run",
    "--repo",
    "repository",
    "--workflow",
    "../outside/optr.yaml",
    "--intent",
    "Make a.txt say more",
    "--json"
  };

  /** A copy of a template repository. */
  static CrashSite make(Path home, Path template, String key) {
    CrashSite site = new CrashSite(home, key);
    try (Stream<Path> files = Files.walk(template)) {
      Files.createDirectories(site.temporary());
      for (Path file : files.toList()) {
        Files.copy(file, site.repository().resolve(template.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return site;
  }

  Path repository() {
    return home.resolve("repository");
  }

  private Path temporary() {
    return home.resolve("tmp");
  }

  /** The command, as a process that the n-th checkpoint may end. */
  ProgramProcess.Result run(int haltAt) {
    return ProgramProcess.runClass(
        HaltingMain.class,
        home,
        environment(),
        List.of("-XX:+UseSerialGC", "-Doptr.haltAt=" + haltAt),
        ARGUMENTS);
  }

  /**
   * The same command, after the process that may have been killed; in this process, to be quick.
   */
  Invocation runAgain() {
    return Invocation.of(home, environment(), ARGUMENTS);
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "TMPDIR",
        temporary().toString(),
        "OPENAI_API_KEY",
        key,
        "ANTHROPIC_API_KEY",
        key);
  }

  /** Whether a first run left a lane's answer where a second one finds it. */
  boolean keptAnswerOf(String lane) {
    return !names(repository().resolve(".git/optr/runs"), lane + "-").isEmpty();
  }

  /** Everything that runs leave outside of branch, index and work tree, but for the lock's file. */
  List<String> leftovers() {
    List<String> all = new ArrayList<>(names(temporary(), ""));
    all.addAll(names(repository().resolve(".git/optr"), ""));
    all.addAll(names(repository().resolve(".git"), "index."));
    // The lock's file stays, and so does the directory of kept answers, which is empty.
    all.removeAll(List.of("lock", "runs"));
    return all;
  }

  String head() {
    return commits().getFirst();
  }

  /** HEAD and its first parents. */
  List<String> commits() {
    try (GitRepository git = git()) {
      List<String> commits = new ArrayList<>();
      Optional<String> commit = git.resolve("HEAD");
      while (commit.isPresent()) {
        commits.add(commit.get());
        commit = git.parents(commit.get()).stream().findFirst();
      }
      return commits;
    }
  }

  /** Every file of the datalake in HEAD's tree. */
  Map<String, String> recorded() {
    try (GitRepository git = git()) {
      Map<String, String> files = new TreeMap<>();
      for (FrozenTree.File file : git.files(head(), "datalake")) {
        files.put(file.path(), new String(git.blob(file.blob()), UTF_8));
      }
      return files;
    }
  }

  /** Every file of the datalake in the work tree, also those that nobody committed. */
  Map<String, String> onDisk() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(repository().resolve("datalake"))) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(repository().relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private GitRepository git() {
    return GitRepository.open(repository(), Checkpoint.NONE);
  }

  /** Names of files below a directory, each with a given beginning. */
  private static List<String> names(Path directory, String beginning) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !file.equals(directory))
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(beginning))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
