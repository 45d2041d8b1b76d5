package dev.optr.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON strictly (RFC 8259): UTF-8 without errors, no duplicate names, nothing behind the
 * value, nesting at most 64 levels unless told otherwise.
 */
public final class JsonReader {
  private static final int DEPTH = 64;

  private final JsonFactory factory;

  private JsonReader(int depth) {
    this.factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(depth)
                    .maxStringLength(64 << 20)
                    .build())
            .build();
  }

  private static final JsonReader STANDARD = new JsonReader(DEPTH);

  /** A reader with its own limit of nesting. */
  public static JsonReader withDepth(int depth) {
    return new JsonReader(depth);
  }

  /** Reads one document of UTF-8 bytes. */
  public static Json read(byte[] utf8) throws JsonException {
    return STANDARD.parse(utf8);
  }

  /** Reads one document. */
  public static Json read(String text) throws JsonException {
    return STANDARD.parse(text);
  }

  /** Reads one document that must be an object. */
  public static JsonObject readObject(byte[] utf8) throws JsonException {
    if (read(utf8) instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("expected a JSON object");
  }

  /** Reads one document of UTF-8 bytes. */
  public Json parse(byte[] utf8) throws JsonException {
    try {
      return parse(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString());
    } catch (CharacterCodingException e) {
      throw new JsonException("not UTF-8", e);
    }
  }

  /** Reads one document. */
  public Json parse(String text) throws JsonException {
    try (JsonParser parser = factory.createParser(new StringReader(text))) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonException(
            "text behind the value at offset " + parser.currentTokenLocation().getCharOffset());
      }
      return value;
    } catch (IOException e) {
      throw new JsonException(firstLine(e), e);
    } catch (NumberFormatException e) {
      // Numbers are parsed late; an exponent with too many digits comes out as this.
      throw new JsonException("a number that is out of range", e);
    }
  }

  private static Json value(JsonParser parser) throws IOException, JsonException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonException("no value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Decimal(parser.getDecimalValue());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> Json.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonException("unexpected " + token);
    };
  }

  private static Json object(JsonParser parser) throws IOException, JsonException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new JsonObject(members);
  }

  private static Json array(JsonParser parser) throws IOException, JsonException {
    List<Json> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Json.Array(elements);
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse("not JSON");
  }
}
