package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.Bytes;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RawCommitTest {
  private static final String ARMOURED =
      "-----BEGIN SSH SIGNATURE-----\nAAAA\n\nBBBB\n-----END SSH SIGNATURE-----";

  @TempDir Path directory;
  private TempRepo user;
  private GitRepository repository;
  private String first = "";

  @BeforeEach
  void open() {
    user = TempRepo.create(directory.resolve("repository"));
    first = user.commit("first", Map.of("a", "1"));
    repository = user.repository();
  }

  @AfterEach
  void close() {
    repository.close();
    user.close();
  }

  @Test
  void readsWhatASignatureCovers() {
    List<byte[]> signed = new ArrayList<>();
    String message = "Grüße\n\ngpgsig is a word\n gpgsig too\n";
    String id =
        EmptyCommit.build(
            repository,
            List.of(first, first),
            message,
            "optr",
            "o@l",
            Instant.EPOCH,
            Optional.of(
                commit -> {
                  signed.add(commit);
                  return ARMOURED;
                }));

    RawCommit commit = RawCommit.read(repository, id).orElseThrow();

    assertThat(commit.signed()).isEqualTo(Bytes.of(signed.getFirst()));
    assertThat(commit.signature()).isEqualTo(ARMOURED);
    assertThat(commit.parents()).containsExactly(first, first);
    assertThat(commit.message()).isEqualTo(message);
    assertThat(commit.tree()).isEqualTo("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  }

  @Test
  void readsACommitThatNobodySignedAsItIs() {
    assumeThat(RealGit.isPresent()).isTrue();
    RawCommit commit = RawCommit.read(repository, first).orElseThrow();

    assertThat(commit.signature()).isNull();
    assertThat(commit.signed().toArray())
        .isEqualTo(RealGit.in(user.directory()).bytes("cat-file", "commit", first));
    assertThat(commit.message()).isEqualTo("first");
    assertThat(commit.parents()).isEmpty();
  }

  @Test
  void findsNoCommitInWhatIsNone() {
    assumeThat(RealGit.isPresent()).isTrue();
    RealGit git = RealGit.in(user.directory());
    String blob = git.text("hash-object", "-w", user.write("b", "tree x\n\n").toString()).strip();
    assertThat(RawCommit.read(repository, blob)).isEmpty();
    assertThat(RawCommit.read(repository, "a".repeat(40))).isEmpty();
    assertThat(RawCommit.read(repository, "HEAD")).isEmpty();
  }

  @Test
  void readsACommitWithoutAMessage() {
    assumeThat(RealGit.isPresent()).isTrue();
    RealGit git = RealGit.in(user.directory());
    String headers = git.text("cat-file", "commit", first).split("\n\n", 2)[0];
    String odd =
        new String(
                git.bytesFrom(
                    (headers + "\n\n").getBytes(UTF_8),
                    "hash-object",
                    "-w",
                    "-t",
                    "commit",
                    "--stdin"),
                UTF_8)
            .strip();

    RawCommit commit = RawCommit.read(repository, odd).orElseThrow();

    assertThat(commit.message()).isEmpty();
    assertThat(commit.signed()).isEqualTo(Bytes.utf8(headers + "\n\n"));
  }
}
