package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrozenTreeTest {
  @TempDir Path directory;

  @Test
  void bearsTwoNamesThatReadTheSame() throws IOException {
    try (GitRepository repository = GitRepository.initBare(directory, Checkpoint.NONE);
        ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      byte[] utf8 = "caf\u00e9".getBytes(UTF_8);
      byte[] latin1 = "caf\u00e9".getBytes(ISO_8859_1);
      TreeFormatter names = new TreeFormatter();
      names.append(utf8, 0, utf8.length, FileMode.REGULAR_FILE, blob(inserter, "first"), true);
      names.append(latin1, 0, latin1.length, FileMode.REGULAR_FILE, blob(inserter, "second"), true);

      FrozenTree frozen = repository.frozenTree(commit(inserter, names));

      assertThat(frozen.files())
          .extracting(FrozenTree.File::path)
          .containsExactly("caf\u00e9", "caf\u00e9");
      assertThat(frozen.read("caf\u00e9")).isEqualTo("first".getBytes(UTF_8));
      assertThat(frozen.showing(_ -> true).files()).hasSize(2);
    }
  }

  private static ObjectId blob(ObjectInserter inserter, String text) throws IOException {
    return inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
  }

  private static String commit(ObjectInserter inserter, TreeFormatter tree) throws IOException {
    PersonIdent person =
        new PersonIdent(
            "Test Person",
            "test@example.org",
            Instant.parse("2026-01-01T00:00:00Z"),
            ZoneOffset.UTC);
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(inserter.insert(tree));
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setMessage("names");
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    return id.name();
  }
}
