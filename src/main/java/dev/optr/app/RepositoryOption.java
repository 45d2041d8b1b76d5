package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.ledger.RepositoryId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The repository that a new ledger is about: {@code HOST:ID:NAME}, or that of the job. */
final class RepositoryOption {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9.-]{1,253}):([1-9]\\d{0,14}):([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)");

  private RepositoryOption() {}

  static RepositoryId parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UserException(
          "--repository '%s': write HOST:ID:NAME, as github.com:123456789:octo/lake; the id is what 'gh api repos/octo/lake --jq .id' prints"
              .formatted(text));
    }
    return new RepositoryId(form.group(1), Long.parseLong(form.group(2)), form.group(3));
  }

  /** Of the Actions job that this runs in; empty outside of one. */
  static Optional<RepositoryId> ofJob(Map<String, String> environment) {
    String server = environment.getOrDefault("GITHUB_SERVER_URL", "");
    String host = server.isEmpty() ? "" : String.valueOf(URI.create(server).getHost());
    String text =
        host
            + ":"
            + environment.getOrDefault("GITHUB_REPOSITORY_ID", "")
            + ":"
            + environment.getOrDefault("GITHUB_REPOSITORY", "");
    return FORM.matcher(text).matches() ? Optional.of(parse(text)) : Optional.empty();
  }
}
