package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.ServiceException;
import dev.optr.testing.GeneratedTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobReaderTest {
  @TempDir Path directory;

  /** From empty to beyond every size at which reading changes its way. */
  private static final List<Integer> SIZES =
      List.of(0, 1, 200, 8_191, 8_192, 32_700, 32_768, 40_000, (1 << 20) - 1, 1 << 20, 3 << 20);

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private FrozenTree generate(GeneratedTree tree) {
    for (int size : SIZES) {
      tree.file("random" + size, content(size)).file("same" + size, "x".repeat(size));
    }
    return tree.freeze();
  }

  private static void assertReadsAll(FrozenTree frozen) throws IOException {
    try (BlobReader blobs = frozen.blobs()) {
      for (int size : SIZES) {
        FrozenTree.File random = frozen.find("random" + size).orElseThrow();
        FrozenTree.File same = frozen.find("same" + size).orElseThrow();
        assertThat(blobs.size(random)).isEqualTo(size);
        assertThat(blobs.read(random, size)).hasValue(content(size));
        assertThat(blobs.read(same, 4 << 20)).hasValue("x".repeat(size).getBytes(UTF_8));
        assertThat(blobs.read(random, size - 1)).isEmpty();
        try (InputStream in = blobs.open(random)) {
          assertThat(in.readAllBytes()).isEqualTo(content(size));
        }
      }
    }
  }

  @Test
  void readsObjectsThatAreFiles() throws IOException {
    try (GeneratedTree tree = GeneratedTree.in(directory)) {
      assertReadsAll(generate(tree));
    }
  }

  @Test
  void readsObjectsOfPacks() throws IOException, GitAPIException {
    try (GeneratedTree tree = GeneratedTree.in(directory)) {
      String commit = generate(tree).commit();
      try (Git git = Git.open(directory.toFile())) {
        RefUpdate update = git.getRepository().updateRef("refs/heads/main");
        update.setNewObjectId(ObjectId.fromString(commit));
        update.forceUpdate();
        git.gc().setExpire(Instant.now()).call();
      }
      assertThat(directory.resolve("objects/pack")).isDirectoryContaining("glob:**.pack");
      try (GitRepository repository = GitRepository.open(directory, Checkpoint.NONE)) {
        assertReadsAll(repository.frozenTree(commit));
      }
    }
  }

  @Test
  void namesAnObjectThatCannotBeRead() throws IOException {
    try (GeneratedTree tree = GeneratedTree.in(directory)) {
      FrozenTree frozen =
          tree.file("a", "some content\n").entry("gone", "100644", "3".repeat(40)).freeze();
      FrozenTree.File damaged = frozen.find("a").orElseThrow();
      Path object =
          directory.resolve(
              "objects/" + damaged.blob().substring(0, 2) + "/" + damaged.blob().substring(2));
      byte[] bytes = Files.readAllBytes(object);
      bytes[bytes.length - 1] ^= 1;
      assertThat(object.toFile().setWritable(true)).isTrue();
      Files.write(object, bytes);

      try (BlobReader blobs = frozen.blobs()) {
        for (String path : List.of("a", "gone")) {
          FrozenTree.File file = frozen.find(path).orElseThrow();
          assertThatThrownBy(() -> blobs.read(file, 1000))
              .isInstanceOf(ServiceException.class)
              .hasMessage("could not read the object " + file.blob());
        }
      }
    }
  }

  @Test
  void readsWhatWasAddedAfterItWasOpened() throws IOException {
    try (GeneratedTree tree = GeneratedTree.in(directory);
        BlobReader blobs = tree.file("a", "first\n").freeze().blobs()) {
      FrozenTree later = tree.file("b", "second\n").freeze();

      assertThat(blobs.read(later.find("a").orElseThrow(), 10)).hasValue("first\n".getBytes(UTF_8));
      assertThat(blobs.read(later.find("b").orElseThrow(), 10))
          .hasValue("second\n".getBytes(UTF_8));
    }
  }
}
