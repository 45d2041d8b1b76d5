package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost, by model: a dated resource file, and what the workflow file says instead.
 *
 * @param dated the day on which the file was last compared with the vendors' pages
 */
public record Prices(String dated, Map<String, Tariff> byModel) {
  private static final String RESOURCE = "/agents/prices.json";

  public Prices {
    byModel = Map.copyOf(byModel);
  }

  /**
   * USD per million tokens.
   *
   * @param in of input that was neither read from nor written to the cache
   * @param cached of input that was read from the cache
   * @param cacheWritten of input that was written to the cache
   */
  public record Price(BigDecimal in, BigDecimal out, BigDecimal cached, BigDecimal cacheWritten) {
    // What a vendor that bills it asks for a write that lives for minutes.
    private static final BigDecimal WRITTEN_OVER_IN = new BigDecimal("1.25");

    static Price of(Workflow.Price given) {
      return new Price(
          given.in(), given.out(), given.cached(), given.in().multiply(WRITTEN_OVER_IN));
    }

    /** USD; null where the provider did not say how much was used. */
    public @Nullable BigDecimal of(TokenUse use) {
      Long input = use.input();
      Long output = use.output();
      if (input == null || output == null) {
        return null;
      }
      long read = use.cached() == null ? 0 : use.cached();
      long written = use.cacheWritten() == null ? 0 : use.cacheWritten();
      // A provider that reports a part larger than the whole is taken at its dearest word.
      long fresh = Math.max(0, input - read - written);
      return millionth(in, fresh)
          .add(millionth(cached, read))
          .add(millionth(cacheWritten, written))
          .add(millionth(out, output))
          .stripTrailingZeros();
    }

    private static BigDecimal millionth(BigDecimal price, long tokens) {
      return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }
  }

  /** The table that is part of the program. */
  public static Prices shipped() {
    try (InputStream resource = Prices.class.getResourceAsStream(RESOURCE)) {
      return read(Objects.requireNonNull(resource, RESOURCE).readAllBytes());
    } catch (IOException | JsonException e) {
      throw new IllegalStateException("the resource " + RESOURCE + " is damaged", e);
    }
  }

  /** A table without any. */
  public static Prices none() {
    return new Prices("", Map.of());
  }

  /** The same table with what a workflow file says instead. */
  public Prices with(Map<String, Workflow.Price> given) {
    Map<String, Tariff> both = new HashMap<>(byModel);
    given.forEach((model, price) -> both.put(model, Tariff.flat(Price.of(price))));
    return new Prices(dated, both);
  }

  /** Empty where the price is not known, which is never the same as 0. */
  public Optional<Tariff> of(String model) {
    return Optional.ofNullable(byModel.get(model));
  }

  private static Prices read(byte[] bytes) throws JsonException {
    JsonObject document = JsonReader.readObject(bytes);
    JsonObject models = document.object("models");
    Map<String, Tariff> byModel = new HashMap<>();
    for (String model : models.members().keySet()) {
      byModel.put(model, tariff(models.object(model)));
    }
    return new Prices(AnswerJson.required(document.text("dated"), "dated"), byModel);
  }

  private static Tariff tariff(JsonObject price) throws JsonException {
    if (price.get("longPrompt") == null) {
      return Tariff.flat(price(price));
    }
    JsonObject longPrompt = price.object("longPrompt");
    long above = AnswerJson.required(longPrompt.integer("above"), "above");
    return new Tariff(price(price), Optional.of(new Tariff.LongPrompt(above, price(longPrompt))));
  }

  private static Price price(JsonObject price) throws JsonException {
    return new Price(
        amount(price, "in"),
        amount(price, "out"),
        amount(price, "cached"),
        amount(price, "cacheWritten"));
  }

  private static BigDecimal amount(JsonObject price, String name) throws JsonException {
    return price.get(name) instanceof Json.Decimal(BigDecimal amount)
        ? amount
        : AnswerJson.required((BigDecimal) null, name);
  }
}
