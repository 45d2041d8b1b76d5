package dev.optr.agents.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GitHubRepositoryTest {
  private static final URI GITHUB = URI.create("https://github.com");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/octo/my.app.git",
        "https://github.com/octo/my.app",
        "https://github.com/octo/my.app/",
        "https://user:word@github.com/octo/my.app.git",
        "http://GitHub.com:443/octo/my.app.git",
        "ssh://git@github.com/octo/my.app.git",
        "ssh://git@ssh.github.com:443/octo/my.app.git",
        "git@github.com:octo/my.app.git",
        "github.com:octo/my.app",
        "git://github.com/octo/my.app.git"
      })
  void readsEveryFormOfARemotesUrl(String url) {
    GitHubRepository repository = GitHubRepository.ofRemote(GITHUB, url).orElseThrow();

    assertThat(repository).hasToString("octo/my.app");
    assertThat(repository.remote()).hasToString("https://github.com/octo/my.app.git");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://gitlab.com/octo/app.git",
        "https://github.com.evil.example/octo/app.git",
        "https://evil.example/github.com/octo/app.git",
        "https://github.com@evil.example/octo/app.git",
        "https://github.com/octo",
        "https://github.com/octo/app/pulls",
        "https://github.com/octo/..",
        "https://github.com/octo/a%2fb",
        "git@github.com:octo/app/../other",
        "/srv/git/octo/app.git",
        "file:///srv/octo/app.git",
        "../app",
        ""
      })
  void takesNoOther(String url) {
    assertThat(GitHubRepository.ofRemote(GITHUB, url)).isEmpty();
  }

  @Test
  void knowsOneOfAnEnterpriseServerByItsHost() {
    URI server = URI.create("https://github.example.org");

    assertThat(GitHubRepository.ofRemote(server, "git@github.example.org:o/r.git"))
        .map(GitHubRepository::remote)
        .contains(URI.create("https://github.example.org/o/r.git"));
    assertThat(GitHubRepository.ofRemote(server, "git@github.com:o/r.git")).isEmpty();
  }
}
