package dev.optr.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions read from deltas are what git says they are. */
final class BlobVersionsTest {
  @TempDir private Path directory;

  private final Random random = new Random(42);

  @Test
  void readsGrowingShrinkingAndOtherVersionsFromPacks() {
    assumeTrue(RealGit.isPresent(), "git makes the packs");
    try (TempRepo made = TempRepo.create(directory)) {
      List<byte[]> versions = versions();
      RealGit git = RealGit.in(directory);
      List<String> blobs = new ArrayList<>();
      for (byte[] version : versions) {
        String commit = made.commitBytes("Change", Map.of("file", version));
        blobs.add(git.text("rev-parse", commit + ":file").strip());
      }
      assertReads(made, blobs, versions);
      git.text("gc", "-q", "--prune=now");
      assertReads(made, blobs, versions);
      git.text("repack", "-q", "-a", "-d", "-f", "--depth=4000", "--window=200");
      assertReads(made, blobs, versions);
      git.text("-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f");
      assertReads(made, blobs, versions);
    }
  }

  @Test
  void saysWhichObjectIsNotThere() {
    try (TempRepo made = TempRepo.create(directory);
        GitRepository repository = made.repository();
        BlobVersions versions = new BlobVersions(repository)) {
      String absent = "9".repeat(40);
      assertThatThrownBy(() -> versions.from(absent, 0))
          .isInstanceOf(AbsentObjectException.class)
          .hasMessageContaining(absent);
    }
  }

  private void assertReads(TempRepo made, List<String> blobs, List<byte[]> versions) {
    try (GitRepository repository = made.repository();
        BlobVersions read = new BlobVersions(repository)) {
      for (int round = 0; round < 300; round++) {
        int one = random.nextInt(blobs.size());
        int other = random.nextInt(blobs.size());
        int mismatch = Arrays.mismatch(versions.get(one), versions.get(other));
        int offset = random.nextInt(versions.get(one).length + 1);
        assertThat(read.sharedPrefix(blobs.get(one), blobs.get(other)))
            .isEqualTo(mismatch < 0 ? versions.get(one).length : mismatch);
        assertThat(read.from(blobs.get(one), offset))
            .isEqualTo(Arrays.copyOfRange(versions.get(one), offset, versions.get(one).length));
      }
    }
  }

  /** Mostly growth, at times a cut, an insertion or a change, as tampering makes them. */
  private List<byte[]> versions() {
    List<byte[]> versions = new ArrayList<>();
    byte[] now = line(0);
    for (int i = 1; i < 60; i++) {
      versions.add(now);
      int at = random.nextInt(now.length);
      now =
          switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(now, Math.max(1, at));
            case 1 ->
                joined(Arrays.copyOf(now, at), line(i), Arrays.copyOfRange(now, at, now.length));
            case 2 -> joined(line(i), now);
            default -> joined(now, line(i));
          };
    }
    versions.add(new byte[0]);
    return versions;
  }

  private byte[] line(int number) {
    byte[] noise = new byte[600];
    random.nextBytes(noise);
    return joined(
        ("{\"number\":" + number + ",\"text\":\"always the same words\"}").getBytes(US_ASCII),
        noise,
        "\n".getBytes(US_ASCII));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
