package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchTest {
  private static final String TOKEN = "ghs_TheTokenOfThisTest";
  private static final List<String> HEADS = List.of("+refs/heads/*:refs/optr/*");

  @TempDir Path directory;
  String head = "";

  @BeforeEach
  void publishesOneCommit() {
    try (TempRepo source = TempRepo.create(directory.resolve("source"));
        GitRepository hosted =
            GitRepository.initBare(directory.resolve("srv/octo/app.git"), Checkpoint.NONE)) {
      head = source.commit("first", Map.of("a.txt", "a\n"));
      hosted.fetch(
          Network.direct(),
          source.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/main:refs/heads/main"));
    }
  }

  @Test
  void bringsRefsAndObjectsWithTheTokenAsBasicPassword() {
    List<String> passed = new ArrayList<>();
    try (GitServer server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
        GitRepository local = GitRepository.initBare(directory.resolve("local"), passed::add)) {
      local.fetch(Network.direct(), server.url("octo/app"), Optional.of(Secret.of(TOKEN)), HEADS);
      assertThat(local.resolve("refs/optr/main")).contains(head);
      assertThat(local.file(head, "a.txt")).contains(Bytes.utf8("a\n"));
      assertThat(server.requests())
          .anySatisfy(
              request ->
                  assertThat(request.authorization())
                      .isEqualTo("Basic eC1hY2Nlc3MtdG9rZW46Z2hzX1RoZVRva2VuT2ZUaGlzVGVzdA=="));
      assertThat(passed).anyMatch(what -> what.startsWith("fetched refs/optr/main"));
    }
  }

  @Test
  void saysThatTheTokenWasRefusedWithoutShowingIt() {
    try (GitServer server = GitServer.withPassword(directory.resolve("srv"), "another");
        GitRepository local = GitRepository.initBare(directory.resolve("local"), _ -> {})) {
      assertThatThrownBy(
              () ->
                  local.fetch(
                      Network.direct(),
                      server.url("octo/app"),
                      Optional.of(Secret.of(TOKEN)),
                      HEADS))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("not authorized")
          .hasStackTraceContaining("fetch")
          .satisfies(FetchTest::showsNoToken);
    }
  }

  @Test
  void neverFollowsARedirectToAnotherOrigin() {
    try (GitServer server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
        GitServer other = GitServer.withPassword(directory.resolve("srv"), TOKEN);
        GitRepository local = GitRepository.initBare(directory.resolve("local"), _ -> {})) {
      server.redirectTo("http://127.0.0.1:" + other.url("x/y").getPort());
      assertThatThrownBy(
              () ->
                  local.fetch(
                      Network.direct(),
                      server.url("octo/app"),
                      Optional.of(Secret.of(TOKEN)),
                      HEADS))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("redirects to")
          .satisfies(FetchTest::showsNoToken);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void refusesUrlsWithCredentialsAndOtherSchemes() {
    try (GitRepository local = GitRepository.initBare(directory.resolve("local"), _ -> {})) {
      for (String url : List.of("https://u:p@example.org/x", "ssh://example.org/x", "ext::sh")) {
        assertThatThrownBy(
                () -> local.fetch(Network.direct(), URI.create(url), Optional.empty(), HEADS))
            .isInstanceOf(UserException.class)
            .hasMessageNotContaining("u:p");
      }
    }
  }

  @Test
  void usesNothingOfTheRepositorysConfig() throws IOException {
    try (GitServer server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
        TempRepo user = TempRepo.create(directory.resolve("user"))) {
      String own = user.commit("own", Map.of("own.txt", "x"));
      Files.writeString(
          user.directory().resolve(".git/config"),
          """
          [http]
            extraHeader = X-Evil: yes
            proxy = http://127.0.0.1:1
          [url "http://127.0.0.1:1/"]
            insteadOf = %s
          """
              .formatted(server.url("octo/app")),
          StandardOpenOption.APPEND);
      try (GitRepository local = GitRepository.open(user.directory(), Checkpoint.NONE)) {
        local.fetch(Network.direct(), server.url("octo/app"), Optional.of(Secret.of(TOKEN)), HEADS);
        local.fetch(Network.direct(), server.url("octo/app"), Optional.of(Secret.of(TOKEN)), HEADS);
        assertThat(local.resolve("refs/optr/main")).contains(head);
        assertThat(local.resolve("HEAD")).contains(own);
        assertThat(local.file(head, "a.txt")).isPresent();
      }
      assertThat(user.directory().resolve(".git/optr/tmp")).isEmptyDirectory();
    }
  }

  private static void showsNoToken(Throwable thrown) {
    java.io.StringWriter trace = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(TOKEN, "eC1hY2Nlc3");
  }
}
