package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.Checkpoint;
import dev.optr.base.DirectoryOwner;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CandidateDirectoryTest {
  @TempDir Path directory;
  private Path parent = Path.of("");
  private TempRepo source;
  private GitRepository repository;
  private TreeStore store;

  @BeforeEach
  void opens() throws IOException {
    source = TempRepo.create(directory.resolve("repository"));
    Path root = source.directory();
    Path script = source.write("run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(root.resolve("sub"));
    Files.createSymbolicLink(root.resolve("sub/inside"), Path.of("../a.txt"));
    Files.createSymbolicLink(root.resolve("sub/outside"), Path.of("../../a.txt"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/etc/passwd"));
    List.of("run.sh", "sub/inside", "sub/outside", "absolute").forEach(source::stage);
    Files.delete(root.resolve("absolute"));
    source.commit("first", Map.of("a.txt", "a\r\n", "datalake/ledger.jsonl", "{}\n"));
    repository = GitRepository.open(root, Checkpoint.NONE);
    parent = directory.resolve("tmp");
    store = TreeStore.open(repository, parent);
  }

  @AfterEach
  void closes() {
    store.close();
    repository.close();
    source.close();
  }

  private CandidateDirectory materialize() {
    return store.materialize(repository.frozenTree(source.head()).tree());
  }

  @Test
  void holdsTheFilesWithModesAndSafeLinksAndNoDatalake() throws IOException {
    try (CandidateDirectory candidate = materialize()) {
      Path path = candidate.path();
      assertThat(Files.readString(path.resolve("a.txt"))).isEqualTo("a\r\n");
      assertThat(path.resolve("run.sh")).isExecutable();
      assertThat(path.resolve("a.txt").toFile().canExecute()).isFalse();
      assertThat(path.resolve("datalake")).doesNotExist();
      assertThat(Files.readSymbolicLink(path.resolve("sub/inside"))).isEqualTo(Path.of("../a.txt"));
      for (String link : List.of("sub/outside", "absolute")) {
        assertThat(Files.isRegularFile(path.resolve(link), LinkOption.NOFOLLOW_LINKS)).isTrue();
      }
      assertThat(Files.readString(path.resolve("absolute"))).isEqualTo("/etc/passwd");
    }
  }

  @Test
  void isARepositoryOfItsOwnThatLeadsNowhere() throws IOException {
    assumeThat(RealGit.isPresent()).isTrue();
    try (CandidateDirectory candidate = materialize()) {
      RealGit git = RealGit.in(candidate.path());
      assertThat(git.text("log", "--format=%an %s")).isEqualTo("optr Candidate\n");
      assertThat(git.text("remote")).isEmpty();
      assertThat(git.text("fsck", "--strict", "--full")).isEmpty();
      assertThat(git.text("branch", "--show-current")).isEqualTo("main\n");
      assertThat(git.text("status", "--porcelain")).isEqualTo(" T absolute\n T sub/outside\n");
      assertThat(candidate.path().resolve(".git/objects/info/alternates")).doesNotExist();
      String objects = git.text("cat-file", "--batch-all-objects", "--batch-check");
      assertThat(objects).doesNotContain(source.head()).contains(" commit ");
      assertThat(objects.lines().filter(line -> line.contains(" commit "))).hasSize(1);
      assertThat(mentions(candidate.path(), source.directory().toString())).isEmpty();
    }
  }

  private static List<Path> mentions(Path root, String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void isRemovedWhateverCandidateCodeDidToIt() throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "still here");
    Path home = parent;
    try (CandidateDirectory candidate = materialize()) {
      Path root = candidate.path();
      Files.createSymbolicLink(root.resolve("to-victim"), victim);
      Files.createSymbolicLink(root.resolve("to-parent"), directory);
      Path locked = Files.createDirectories(root.resolve("locked/deeper"));
      Files.writeString(locked.resolve("file"), "x");
      Files.setPosixFilePermissions(
          locked.resolve("file"), PosixFilePermissions.fromString("---------"));
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
      Files.setPosixFilePermissions(
          locked.resolveSibling("."), PosixFilePermissions.fromString("r-x------"));
      nestTooDeep(root);
    }
    assertThat(home.toFile().list()).hasSize(2);
    assertThat(victim).hasContent("still here");
  }

  /** Builds directories from the inside out, so that the innermost has no usable path. */
  private static void nestTooDeep(Path root) throws IOException {
    String name = "n".repeat(200);
    Path chain = Files.createDirectory(root.resolve("chain"));
    for (int level = 0; level < 60; level++) {
      Path outer = Files.createDirectory(root.resolve("outer"));
      Files.move(chain, outer.resolve(name));
      Files.move(outer, chain);
    }
  }

  @Test
  void worksSeveralAtOnce() throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CandidateDirectory>> made = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        made.add(threads.submit(this::materialize));
      }
      List<Path> paths = new ArrayList<>();
      for (Future<CandidateDirectory> future : made) {
        try (CandidateDirectory candidate = future.get()) {
          assertThat(candidate.path().resolve("a.txt")).exists();
          paths.add(candidate.path());
        }
      }
      assertThat(paths).doesNotHaveDuplicates().noneMatch(Files::exists);
    }
  }

  @Test
  void sweepsWhatTheDeadLeftAndNothingOfTheLiving() throws IOException {
    Path dead = Files.createDirectories(parent.resolve("optr-tmp-1-12345-abc/content"));
    Files.writeString(parent.resolve("optr-tmp-1-12345-abc.owner"), "");
    Path foreign = Files.createDirectories(parent.resolve("optr-tmp-ish"));
    try (CandidateDirectory candidate = materialize()) {
      CandidateDirectory.sweep(parent);
      assertThat(dead.getParent()).doesNotExist();
      assertThat(parent.resolve("optr-tmp-1-12345-abc.owner")).doesNotExist();
      assertThat(foreign).exists();
      assertThat(candidate.path().resolve("a.txt")).exists();
    }
  }

  @Test
  void sparesADirectoryThatAnotherProcessStillOwns() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DirectoryOwner.class.getName(),
                parent.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String owned = other.inputReader().readLine();
      assertThat(Path.of(owned)).exists();
      CandidateDirectory.sweep(parent);
      assertThat(Path.of(owned)).exists();
      other.destroyForcibly().waitFor();
      CandidateDirectory.sweep(parent);
      assertThat(Path.of(owned)).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }
}
