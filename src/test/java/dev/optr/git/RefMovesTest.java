package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefMovesTest {
  private static final String LOG = "refs/optr/log";

  @TempDir Path directory;
  private final List<String> passed = new ArrayList<>();
  private TempRepo user;
  private GitRepository repository;
  private String first = "";
  private String second = "";

  @BeforeEach
  void open() {
    user = TempRepo.create(directory.resolve("repository"));
    first = user.commit("first", Map.of("a", "1"));
    second = user.commit("second", Map.of("a", "2"));
    repository = GitRepository.open(user.directory(), passed::add);
  }

  @AfterEach
  void close() {
    repository.close();
    user.close();
  }

  @Test
  void movesAndMakesRefsTogether() {
    user.ref("refs/heads/main", first);

    assertThat(move(Optional.of(first), Optional.empty())).isTrue();

    assertThat(repository.resolve("refs/heads/main")).contains(second);
    assertThat(repository.resolve("HEAD")).contains(second);
    assertThat(repository.resolve(LOG)).contains(second);
    assertThat(passed).containsExactly("moved refs/heads/main and refs/optr/log");
    if (RealGit.isPresent()) {
      assertThat(RealGit.in(user.directory()).text("rev-parse", "HEAD", LOG).lines())
          .containsOnly(second);
      assertThat(RealGit.in(user.directory()).text("fsck", "--strict")).isEmpty();
    }
  }

  @Test
  void movesNoneWhereOneIsNotWhereItWasExpected() {
    assertThat(move(Optional.of(first), Optional.empty())).isFalse();
    assertThat(repository.resolve(LOG)).isEmpty();

    user.ref(LOG, first);
    user.ref("refs/heads/main", first);
    assertThat(move(Optional.of(first), Optional.empty())).isFalse();
    assertThat(move(Optional.of(first), Optional.of(second))).isFalse();
    assertThat(repository.resolve("refs/heads/main")).contains(first);
    assertThat(repository.resolve(LOG)).contains(first);
    assertThat(passed).isEmpty();
  }

  @Test
  void movesNoneWhileAnotherProcessHoldsOne() throws Exception {
    user.ref("refs/heads/main", first);
    Path lock = user.directory().resolve(".git/refs/optr/log.lock");
    Files.createDirectories(lock.resolveSibling("."));
    Files.createFile(lock);

    assertThat(move(Optional.of(first), Optional.empty())).isFalse();

    assertThat(repository.resolve("refs/heads/main")).contains(first);
    Files.delete(lock);
    assertThat(move(Optional.of(first), Optional.empty())).isTrue();
  }

  private boolean move(Optional<String> main, Optional<String> log) {
    return new RefMoves(repository)
        .move(
            List.of(
                new RefMoves.Move("refs/heads/main", main, second),
                new RefMoves.Move(LOG, log, second)),
            "test");
  }
}
