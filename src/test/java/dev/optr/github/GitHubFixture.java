package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Secret;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A pretended GitHub over a bare repository with the branches {@code main} and {@code topic}, and a
 * connection to it whose waiting is only noted.
 */
final class GitHubFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  final FakeGitHub github;
  final GitHubConnection connection;
  final List<Duration> pauses = new ArrayList<>();
  final String base;
  final String head;
  private final Repository repository;

  GitHubFixture(Path directory) throws IOException {
    this(directory, FakeGitHub::new);
  }

  /** With the addresses of an enterprise's own server. */
  static GitHubFixture enterprise(Path directory) throws IOException {
    return new GitHubFixture(directory, FakeGitHub::enterprise);
  }

  private GitHubFixture(Path directory, Function<Path, FakeGitHub> server) throws IOException {
    repository = new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
    repository.create(true);
    base = commit("one");
    point("refs/heads/main", base);
    head = commit("two", base);
    point("refs/heads/topic", head);
    github = server.apply(directory);
    connection = connect(FakeGitHub.TOKEN, Duration.ofSeconds(30));
  }

  GitHubConnection connect(String token, Duration requestTimeout) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    Endpoint endpoint = new Endpoint(github.apiUrl(), github.graphqlUrl(), FakeGitHub.REPOSITORY);
    Transport transport =
        new Transport(
            client,
            endpoint,
            Secret.of(token),
            "optr/0.1.0 (77)",
            InstantSource.fixed(NOW),
            new Patience(pauses::add),
            requestTimeout);
    return GitHubConnection.over(endpoint, transport);
  }

  /** Makes a commit whose tree holds the file {@code README} with a text. */
  String commit(String text, String... parents) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      tree.append(
          "README",
          FileMode.REGULAR_FILE,
          inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8)));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(tree));
      commit.setMessage(text);
      PersonIdent ada = new PersonIdent("Ada", "ada@example.org", NOW, ZoneOffset.UTC);
      commit.setAuthor(ada);
      commit.setCommitter(ada);
      for (String parent : parents) {
        commit.addParentId(ObjectId.fromString(parent));
      }
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id.name();
    }
  }

  void point(String ref, String commit) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(ObjectId.fromString(commit));
    update.setForceUpdate(true);
    RefUpdate.Result _ = update.update();
  }

  String tip(String ref) throws IOException {
    return Objects.requireNonNull(repository.resolve(ref), ref).name();
  }

  Repository repository() {
    return repository;
  }

  static URI runUrl() {
    return URI.create("https://github.example/acme/widgets/actions/runs/77");
  }

  @Override
  public void close() {
    github.assertNoUnexpectedRequests();
    github.close();
    repository.close();
  }
}
