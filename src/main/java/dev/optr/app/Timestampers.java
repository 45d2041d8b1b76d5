package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.ledger.TimestampService;
import dev.optr.ledger.Timestamper;
import dev.optr.workflow.Workflow;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;

/** Who attests the time of entries, as the workflow file says. */
final class Timestampers {
  // Not shown: a URL may hold a key of its owner.
  private static final String NO_URL =
      "'ledger.timestamp' is no URL that can be asked; write for example"
          + " 'http://timestamp.example.org'";

  private Timestampers() {}

  /**
   * @param signed whether entries are signed; those that are not carry no time stamp
   * @param warnings takes a sentence where there is none to be had
   */
  static Timestamper of(
      Host host, Workflow.LedgerSettings settings, boolean signed, Consumer<String> warnings) {
    if (settings.timestamp() == null) {
      return Timestamper.NONE;
    }
    if (!signed) {
      warnings.accept(
          "'ledger.timestamp' is set, but the ledger is not signed, and unsigned entries carry no"
              + " time stamp; give a signing key");
      return Timestamper.NONE;
    }
    URI url = url(settings.timestamp());
    return new TimestampService(new HttpTimestamps(host.network(), url), warnings);
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException malformed) {
      throw new UserException(NO_URL);
    }
    throw new UserException(NO_URL);
  }
}
