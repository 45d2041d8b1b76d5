package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteHeadsTest {
  private static final String TOKEN = "ghs_TheTokenOfThisTest";

  @TempDir Path directory;
  private GitServer server;
  private GitRepository local;
  private GitRepository hosted;
  private TempRepo served;

  @BeforeEach
  void begin() {
    hosted = GitRepository.initBare(directory.resolve("srv/octo/app.git"), Checkpoint.NONE);
    served = TempRepo.create(directory.resolve("author"));
    server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
    local = GitRepository.initBare(directory.resolve("local"), Checkpoint.NONE);
  }

  @AfterEach
  void end() {
    server.close();
    local.close();
    served.close();
    hosted.close();
  }

  private Map<String, String> fetch(Map<String, String> wanted) {
    return fetch(TOKEN, wanted);
  }

  private Map<String, String> fetch(String token, Map<String, String> wanted) {
    hosted.fetch(
        Network.direct(),
        served.directory().toUri(),
        Optional.empty(),
        List.of("+refs/heads/*:refs/heads/*", "+refs/pull/*:refs/pull/*"));
    return new RemoteHeads(
            local, Network.direct(), server.url("octo/app"), Optional.of(Secret.of(token)))
        .fetch(wanted);
  }

  @Test
  void fetchesTheRefsThatAreThereInOneGo() {
    Map<String, String> wanted = new HashMap<>();
    Map<String, String> expected = new HashMap<>();
    for (int number = 1; number <= 30; number++) {
      String ref = "refs/pull/" + number + "/head";
      wanted.put(ref, "refs/optr/others/" + number);
      if (number != 7) {
        String commit = served.commit("change " + number, Map.of("f" + number, "x\n"));
        served.ref(ref, commit);
        expected.put(ref, commit);
      }
    }
    assertThat(fetch(wanted)).isEqualTo(expected);
    wanted.forEach(
        (ref, kept) ->
            assertThat(local.resolve(kept)).isEqualTo(Optional.ofNullable(expected.get(ref))));
    assertThat(server.requests().stream().filter(request -> request.method().equals("POST")))
        .hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void givesARefAsItIsNowWhereverItWasBefore() {
    String first = served.commit("first", Map.of("a", "1\n"));
    served.ref("refs/pull/3/head", first);
    Map<String, String> wanted = Map.of("refs/pull/3/head", "refs/optr/others/3");
    assertThat(fetch(wanted)).containsValue(first);
    assertThat(fetch(wanted)).containsValue(first);
    served.branch("elsewhere");
    String other = served.commit("another", Map.of("a", "2\n"));
    served.ref("refs/pull/3/head", other);
    assertThat(fetch(wanted)).containsValue(other);
  }

  @Test
  void asksForNothingWhereNothingIsThere() {
    served.commit("first", Map.of("a", "1\n"));
    assertThat(fetch(Map.of("refs/pull/3/head", "refs/optr/others/3"))).isEmpty();
    assertThat(local.resolve("refs/optr/others/3")).isEmpty();
  }

  @Test
  void saysThatItIsNotLetIn() {
    assertThatThrownBy(() -> fetch("wrong", Map.of("refs/pull/3/head", "refs/optr/others/3")))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("not authorized");
    assertThat(List.of(local.resolve("refs/optr/others/3"))).containsExactly(Optional.empty());
  }
}
