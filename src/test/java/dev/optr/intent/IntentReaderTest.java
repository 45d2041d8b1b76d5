package dev.optr.intent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.base.UserException;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IntentReaderTest {
  private static final String COMMIT = "1".repeat(40);
  private static final String TREE = "2".repeat(40);
  private static final String BASE = "3".repeat(40);
  private static final Frozen FROZEN = new Frozen(COMMIT, TREE, BASE, 4);
  private static final IntentSource.PullRequest SEVEN = new IntentSource.PullRequest(7, "ada");
  private static final Workflow WORKFLOW =
      workflow(
          """
          agents: [{name: a, type: openai-codex}]
          constraints: [{id: tone, prose: Stay polite, advisory: true}, {id: small, rule: 1 < 2}]
          invariants: [{id: tests, run: mvn verify}]
          """);

  @Test
  void writesExactlyTheMembersOfIntentJson() {
    Intent intent =
        IntentReader.read(
            Wish.ofPullRequest("Fix\u200B login", "a<!-- b -->\r\nc\u202E", SEVEN),
            WORKFLOW,
            FROZEN);

    assertThat(PrettyJson.text(intent.document()))
        .isEqualTo(
            """
            {
              "v": 1,
              "intent": "Fix login\\n\\na\\nc",
              "stripped": {
                "htmlComments": 1,
                "invisible": 1,
                "bidi": 1,
                "excludedFiles": 4
              },
              "constraints": [
                {
                  "id": "tone",
                  "prose": "Stay polite",
                  "advisory": true
                },
                {
                  "id": "small",
                  "rule": "1 < 2",
                  "advisory": false
                }
              ],
              "invariants": [
                {
                  "id": "tests",
                  "run": "mvn verify",
                  "timeoutSeconds": 600,
                  "must": "hold",
                  "junit": null,
                  "retries": 0,
                  "network": [],
                  "env": [],
                  "caches": []
                }
              ],
              "commit": "%s",
              "tree": "%s",
              "baseCommit": "%s",
              "policy": "%s",
              "source": {
                "kind": "pull_request",
                "number": 7,
                "author": "ada"
              },
              "digest": "%s"
            }
            """
                .formatted(COMMIT, TREE, BASE, WORKFLOW.policyDigest(), intent.digest()));
  }

  @Test
  void digestsTheCanonicalFormWithoutDigestCommitAndBaseCommit() {
    Intent intent =
        IntentReader.read(Wish.of("Go", new IntentSource.Argument()), workflow(MINIMAL), FROZEN);

    // Written by hand, members sorted as RFC 8785 wants them.
    String canonical =
        "{\"constraints\":[],\"intent\":\"Go\",\"invariants\":[],\"policy\":\""
            + Bytes.utf8(MINIMAL).sha256()
            + "\",\"source\":{\"author\":null,\"kind\":\"argument\",\"number\":null},"
            + "\"stripped\":{\"bidi\":0,\"excludedFiles\":4,\"htmlComments\":0,\"invisible\":0},"
            + "\"tree\":\""
            + TREE
            + "\",\"v\":1}";
    assertThat(intent.digest())
        .isEqualTo(Digest.sha256(("optr-input@v1\u0000" + canonical).getBytes(UTF_8)));
  }

  @Test
  void hasTheSameDigestOnAnotherCommitWithTheSameTree() {
    Wish wish = Wish.of("Go", SEVEN);

    assertThat(IntentReader.read(wish, WORKFLOW, new Frozen(BASE, TREE, null, 4)).digest())
        .isEqualTo(IntentReader.read(wish, WORKFLOW, FROZEN).digest());
  }

  @Test
  void hasAnotherDigestForAnotherWishTreeSourceOrPolicy() {
    Wish wish = Wish.of("Go", SEVEN);

    assertThat(
            Stream.of(
                    IntentReader.read(wish, WORKFLOW, FROZEN),
                    IntentReader.read(Wish.of("Stop", SEVEN), WORKFLOW, FROZEN),
                    IntentReader.read(
                        Wish.of("Go", new IntentSource.Comment(7, "ada")), WORKFLOW, FROZEN),
                    IntentReader.read(wish, WORKFLOW, new Frozen(COMMIT, BASE, BASE, 4)),
                    IntentReader.read(wish, WORKFLOW, new Frozen(COMMIT, TREE, BASE, 5)),
                    IntentReader.read(wish, workflow(MINIMAL + "# changed\n"), FROZEN))
                .map(Intent::digest))
        .doesNotHaveDuplicates();
  }

  @Test
  void recomputesTheDigestOfAStoredDocument() throws JsonException {
    Intent intent = IntentReader.read(Wish.of("Go", SEVEN), WORKFLOW, FROZEN);

    assertThat(IntentDocument.digest(JsonReader.readObject(PrettyJson.bytes(intent.document()))))
        .isEqualTo(intent.digest());
  }

  @Test
  void keepsADescriptionBelowATitleThatLeavesACommentOpen() {
    Wish wish = Wish.ofPullRequest("Strip <!-- from text", "See the issue", SEVEN);

    assertThat(IntentReader.read(wish, WORKFLOW, FROZEN).text())
        .isEqualTo("Strip\n\nSee the issue");
  }

  @Test
  void refusesAWishThatNobodyCanSee() {
    assertThatThrownBy(
            () -> IntentReader.read(Wish.of("<!-- x -->\u200B", SEVEN), WORKFLOW, FROZEN))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "pull request #7 has no visible text; write what is wanted outside HTML comments");
  }

  @Test
  void takesWhatFitsAndRefusesOneByteMore() {
    String fits = "\u00E9".repeat(IntentReader.MOST_BYTES / 2);
    IntentSource argument = new IntentSource.Argument();

    assertThat(IntentReader.read(Wish.of(fits, argument), WORKFLOW, FROZEN).text()).isEqualTo(fits);
    assertThatThrownBy(() -> IntentReader.read(Wish.of(fits + "!", argument), WORKFLOW, FROZEN))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the intent given as an argument is 65537 bytes long")
        .hasMessageContaining("at most 65536");
  }

  @Test
  void refusesToFreezeWhatIsNoGitObject() {
    assertThatThrownBy(() -> new Frozen("HEAD", TREE, null, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<IntentSource> sources() {
    return Stream.of(
        SEVEN,
        new IntentSource.Comment(8, "dependabot[bot]"),
        new IntentSource.Argument(),
        new IntentSource.WorkflowFile());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void isValidAgainstItsSchema(IntentSource source) throws IOException {
    Workflow everyKey =
        WorkflowFile.parse(
            "long.yaml",
            Bytes.of(Files.readAllBytes(Path.of("src/test/resources/workflow/good/refused.yaml"))));

    Intent intent =
        IntentReader.read(Wish.of("Go", source), everyKey, new Frozen(COMMIT, TREE, null, 0));

    assertValid(intent);
  }

  @Property(tries = 200)
  void isValidAgainstItsSchemaWhateverIsWanted(@ForAll String text) throws IOException {
    assertValid(IntentReader.read(Wish.of("x" + text, SEVEN), WORKFLOW, FROZEN));
  }

  private static final String MINIMAL = "agents: [{name: a, type: openai-codex}]\n";
  private static final Schema SCHEMA = schema();

  private static Workflow workflow(String source) {
    return WorkflowFile.parse("workflow-optr.yaml", Bytes.utf8(source));
  }

  private static void assertValid(Intent intent) {
    assertThat(SCHEMA.validate(PrettyJson.text(intent.document()), InputFormat.JSON)).isEmpty();
  }

  private static Schema schema() {
    try (InputStream schema =
        IntentReaderTest.class.getResourceAsStream("/schema/intent.schema.json")) {
      assertThat(schema).isNotNull();
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(schema.readAllBytes(), UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
