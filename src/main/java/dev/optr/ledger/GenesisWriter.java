package dev.optr.ledger;

import dev.optr.base.ServiceException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts a ledger. The genesis is a pure function of repository and key, so that two pull requests
 * that start one at the same time write the identical line.
 */
final class GenesisWriter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

  private final LineWriter writer;
  private final Optional<Signer> signer;

  GenesisWriter(LineWriter writer, Optional<Signer> signer) {
    this.writer = writer;
    this.signer = signer;
  }

  /** The key, where there is one, is both root and signer. */
  Entry write(RepositoryId repo, @Nullable String repoCreatedAt, String container) {
    List<SshPublicKey> keys = signer.map(Signer::publicKey).stream().toList();
    Body.Common common = new Body.Common(0, List.of(), repo, null, created(repoCreatedAt));
    return writer.write(new Body.Genesis(common, keys, keys.size(), keys), container, 1);
  }

  /** Push events carry seconds, all others RFC 3339. */
  private static Instant created(@Nullable String text) {
    if (text == null) {
      return Instant.EPOCH;
    }
    try {
      Instant time =
          SECONDS.matcher(text).matches()
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant();
      return time.truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw ServiceException.lasting(
          "the event says that the repository was created at '" + text + "'", e);
    }
  }
}
