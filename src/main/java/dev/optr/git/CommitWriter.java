package dev.optr.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Writes commit objects, signed where there is somebody to sign. */
final class CommitWriter {
  private CommitWriter() {}

  /** Writes a commit, with whatever else the inserter holds; gives its id. */
  static String write(
      GitRepository repository,
      ObjectInserter inserter,
      ObjectId tree,
      List<String> parents,
      String message,
      PersonIdent author,
      Optional<CommitSigner> signer)
      throws IOException {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setParentIds(parents.stream().map(ObjectId::fromString).toList());
    builder.setAuthor(author);
    builder.setCommitter(author);
    builder.setMessage(message);
    if (signer.isPresent()) {
      String signature = signer.get().sign(builder.build()).strip();
      builder.setGpgSignature(new GpgSignature(signature.getBytes(US_ASCII)));
    }
    ObjectId commit = inserter.insert(builder);
    inserter.flush();
    repository.checkpoint().passed("wrote commit " + commit.name());
    return commit.name();
  }
}
