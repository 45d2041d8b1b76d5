package dev.optr.ledger;

import dev.optr.base.ServiceException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts a ledger. The genesis is a pure function of repository and key, so that two pull requests
 * that start one at the same time write the identical line.
 */
final class GenesisWriter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

  private GenesisWriter() {}

  /**
   * @param repoCreatedAt as in {@link RunEvent}
   * @param rootKeys sign genesis and key entries; none for an unsigned ledger
   */
  static Body.Genesis body(
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      List<SshPublicKey> rootKeys,
      int threshold,
      List<SshPublicKey> signers) {
    Body.Common common = new Body.Common(0, List.of(), repo, null, created(repoCreatedAt));
    return new Body.Genesis(common, rootKeys, threshold, signers);
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
