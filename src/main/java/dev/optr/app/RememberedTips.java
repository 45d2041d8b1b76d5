package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.base.ServiceException;
import dev.optr.ledger.OutsideMemory;
import dev.optr.ledger.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What this machine saw of ledgers: per genesis one file in the {@link StateFolder} with the heads,
 * the number of entries and the commit of every branch that was found intact. A memory that cannot
 * be kept fails nothing; it is said.
 */
final class RememberedTips {
  private final Host host;
  private final Optional<Path> directory;

  RememberedTips(Host host) {
    this.host = host;
    this.directory = StateFolder.of(host);
  }

  /** What was seen last of a branch, if anything was. */
  Optional<OutsideMemory.Entries> of(String genesis, String branch) {
    return read(genesis)
        .map(file -> file.object("branches").object(branch))
        .filter(tip -> !tip.members().isEmpty())
        .map(
            tip ->
                new OutsideMemory.Entries(
                    "remembered of branch '%s' at commit '%s'"
                        .formatted(branch, tip.text("commit")),
                    texts(tip.array("heads")),
                    Optional.ofNullable(tip.integer("size")).orElse(0L)));
  }

  /** Remembers a branch that was found intact. */
  void remember(Verification verification, String branch, String commit) {
    String genesis = verification.genesis();
    if (genesis == null || directory.isEmpty()) {
      return;
    }
    JsonObject tip =
        Json.object()
            .put("heads", Json.texts(verification.heads()))
            .put("size", verification.size())
            .put("commit", commit)
            .build();
    JsonObject branches =
        read(genesis).map(file -> file.object("branches")).orElse(Json.object().build());
    JsonObject file =
        Json.object().put("genesis", genesis).put("branches", branches.with(branch, tip)).build();
    try {
      new Disk(host.checkpoint())
          .writePrivate(file(genesis), Bytes.utf8(PrettyJson.text(file)).toArray());
    } catch (ServiceException e) {
      say("the tip of the ledger is not remembered: " + e.getMessage());
    }
  }

  private Path file(String genesis) {
    return directory.orElseThrow().resolve(genesis + ".json");
  }

  private Optional<JsonObject> read(String genesis) {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonReader.readObject(Files.readAllBytes(file(genesis))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | JsonException e) {
      say("what was remembered in " + file(genesis) + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void say(String sentence) {
    host.err().println("optr: " + sentence);
  }

  private static List<String> texts(List<Json> array) {
    return array.stream()
        .filter(Json.Text.class::isInstance)
        .map(text -> ((Json.Text) text).value())
        .toList();
  }
}
