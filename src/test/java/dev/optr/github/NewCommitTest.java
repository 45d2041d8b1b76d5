package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewCommitTest {
  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;
  private GitData data;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
    data = fixture.connection.gitData();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static TreeEdit text(String content) {
    return TreeEdit.file(Bytes.utf8(content));
  }

  private Committed commit(Map<String, TreeEdit> edits) {
    return data.commit(new NewCommit(fixture.head, edits, List.of(fixture.head), "Record"));
  }

  private RevCommit read(String commit) throws IOException {
    try (RevWalk walk = new RevWalk(fixture.repository())) {
      return walk.parseCommit(ObjectId.fromString(commit));
    }
  }

  /** Mode and content by path. */
  private Map<String, String> files(Committed committed) throws IOException {
    assertThat(read(committed.commit()).getTree().name()).isEqualTo(committed.tree());
    Map<String, String> files = new TreeMap<>();
    try (TreeWalk walk = new TreeWalk(fixture.repository())) {
      walk.addTree(ObjectId.fromString(committed.tree()));
      walk.setRecursive(true);
      while (walk.next()) {
        byte[] content = fixture.repository().open(walk.getObjectId(0)).getBytes();
        files.put(walk.getPathString(), walk.getFileMode(0) + " " + new String(content, UTF_8));
      }
    }
    return files;
  }

  private List<String> writes() {
    return github.requestLines().stream().filter(line -> line.startsWith("POST")).toList();
  }

  @Test
  void sendsADozenOfTextsInOneRequest() throws IOException {
    Map<String, TreeEdit> edits = new TreeMap<>();
    for (int i = 10; i < 22; i++) {
      edits.put("datalake/run/" + i + ".json", text("{\"n\":\"ü \uD83D\uDE80 \\\\ \"}\r\n" + i));
    }

    Committed committed = commit(edits);

    assertThat(github.requestLines())
        .containsExactly(
            "GET /repos/acme/widgets/git/commits/" + fixture.head,
            "POST /repos/acme/widgets/git/trees",
            "POST /repos/acme/widgets/git/commits");
    assertThat(files(committed))
        .hasSize(13)
        .containsEntry("datalake/run/21.json", "100644 {\"n\":\"ü \uD83D\uDE80 \\\\ \"}\r\n21");
  }

  @Test
  void asksForNoTreeThatItIsTold() throws IOException {
    String tree = read(fixture.head).getTree().name();
    NewCommit commit =
        new NewCommit(fixture.head, Map.of("a", text("a")), List.of(fixture.head), "Record");

    Committed committed = data.commit(commit.withBaseTree(tree));

    assertThat(github.requestLines())
        .containsExactly(
            "POST /repos/acme/widgets/git/trees", "POST /repos/acme/widgets/git/commits");
    assertThat(files(committed)).containsOnlyKeys("README", "a");
  }

  @Test
  void makesABlobOfWhatIsNoText() throws IOException {
    List<Bytes> odd =
        List.of(
            Bytes.of(new byte[] {(byte) 0xc3}),
            Bytes.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
            Bytes.utf8("a\0b"),
            Bytes.of(new byte[0]),
            Bytes.utf8("x".repeat((1 << 20) + 1)));
    Map<String, TreeEdit> edits = new TreeMap<>();
    for (int i = 0; i < odd.size(); i++) {
      edits.put("odd" + i, TreeEdit.file(odd.get(i)));
    }
    edits.put("text", text("\uFEFFtext"));

    Committed committed = commit(edits);

    assertThat(writes().stream().filter(line -> line.endsWith("/git/blobs"))).hasSize(5);
    assertThat(writes().stream().filter(line -> line.endsWith("/git/trees"))).hasSize(1);
    for (int i = 0; i < odd.size(); i++) {
      try (TreeWalk walk =
          TreeWalk.forPath(fixture.repository(), "odd" + i, read(committed.commit()).getTree())) {
        assertThat(Bytes.of(fixture.repository().open(walk.getObjectId(0)).getBytes()))
            .isEqualTo(odd.get(i));
      }
    }
    assertThat(files(committed)).containsEntry("text", "100644 \uFEFFtext");
  }

  @Test
  void keepsExecutableBitsAndSymbolicLinks() throws IOException {
    Committed committed =
        commit(
            Map.of(
                "run", new TreeEdit.Put(Bytes.utf8("#!/bin/sh\n"), "100755"),
                "link", new TreeEdit.Put(Bytes.utf8("README"), "120000")));

    assertThat(files(committed))
        .containsEntry("run", "100755 #!/bin/sh\n")
        .containsEntry("link", "120000 README")
        .containsEntry("README", "100644 two");
  }

  @Test
  void deletes() throws IOException {
    assertThat(files(commit(Map.of("README", new TreeEdit.Delete(), "b", text("b")))))
        .containsOnlyKeys("b");
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> commit(Map.of("nothing", new TreeEdit.Delete())))
        .withMessageContaining("HTTP 422");
  }

  @Test
  void putsADirectoryInAFilesPlaceAndBack() throws IOException {
    Committed directories =
        commit(Map.of("README", new TreeEdit.Delete(), "README/de", text("lies mich")));
    assertThat(files(directories)).containsExactly(Map.entry("README/de", "100644 lies mich"));
    assertThat(writes().stream().filter(line -> line.endsWith("/git/trees"))).hasSize(2);

    Committed back =
        data.commit(
            new NewCommit(
                directories.commit(),
                Map.of("README/de", new TreeEdit.Delete(), "README", text("read me")),
                List.of(),
                "Back"));
    assertThat(files(back)).containsExactly(Map.entry("README", "100644 read me"));
  }

  @Test
  void hasTheParentsThatItIsGivenInOrder() throws IOException {
    Committed merge =
        data.commit(
            new NewCommit(
                fixture.base, Map.of("a", text("a")), List.of(fixture.head, fixture.base), "Join"));
    Committed root = data.commit(new NewCommit(null, Map.of("a", text("a")), List.of(), "Begin"));

    assertThat(read(merge.commit()).getParents())
        .extracting(RevCommit::name)
        .containsExactly(fixture.head, fixture.base);
    assertThat(files(merge)).containsEntry("README", "100644 one");
    assertThat(read(root.commit()).getParentCount()).isZero();
    assertThat(files(root)).containsOnlyKeys("a");
  }

  @Test
  void splitsWhatIsTooLargeForOneRequest() throws IOException {
    Map<String, TreeEdit> edits = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      edits.put("%02d".formatted(i), text("x".repeat(1 << 20)));
    }

    assertThat(files(commit(edits))).hasSize(21);

    assertThat(writes().stream().filter(line -> line.endsWith("/git/trees"))).hasSize(3);
  }

  @Test
  void takesNoPathThatLeavesTheTree() {
    for (String path :
        List.of("", "/a", "a/", "a//b", "../a", "a/../b", "./a", ".git/config", "a/.GIT/x")) {
      assertThatIllegalArgumentException()
          .as(path)
          .isThrownBy(() -> commit(Map.of(path, text("x"))));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TreeEdit.Put(Bytes.utf8("x"), "160000"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NewCommit(null, Map.of(), List.of(), "Nothing"));
    assertThat(github.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 501})
  void saysThatTheServerHasNoSuchApi(int status) {
    for (String path : List.of(".*/git/trees", ".*/git/commits", ".*/git/blobs")) {
      for (int i = 0; i < 3; i++) {
        github.answerOnce("POST", path, status, Map.of(), "{\"message\": \"Not Found\"}");
      }
      assertThatExceptionOfType(NoGitDataException.class)
          .isThrownBy(
              () -> commit(Map.of("a", text("a"), "b", TreeEdit.file(Bytes.of(new byte[1])))))
          .withMessage(
              "the server has no git data API for this token (HTTP %d: Not Found)"
                  .formatted(status));
      github.forgetFaults();
    }
  }

  @Test
  void doesNotSaySoOfARepositoryThatItMayNotSee() {
    github.answerOnce("POST", ".*/git/trees", 404, Map.of(), "{\"message\": \"Not Found\"}");
    github.answerOnce("GET", "/repos/acme/widgets", 404, Map.of(), "{}");

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> commit(Map.of("a", text("a"))))
        .isNotInstanceOf(NoGitDataException.class)
        .withMessageContaining("HTTP 404");
  }

  @Test
  void believesNoAnswerThatNamesNoObject() {
    for (String answer :
        new ArrayList<>(
            List.of(
                "{}", "{\"sha\": null}", "{\"sha\": \"HEAD\"}", "{\"sha\": \"" + "A".repeat(40)))) {
      github.answerOnce("POST", ".*/git/trees", 201, Map.of(), answer);
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> commit(Map.of("a", text("a"))))
          .withMessageStartingWith("could not make a commit on " + fixture.head);
    }
  }
}
