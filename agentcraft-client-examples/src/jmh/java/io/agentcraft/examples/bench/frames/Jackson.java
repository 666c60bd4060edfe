package io.agentcraft.examples.bench.frames;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** What one does with Jackson by hand. Safe for use by any number of threads. */
public final class Jackson {

  private final ObjectMapper mapper = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();
  private final ObjectReader polymorphic = mapper.readerFor(ByHand.class);

  /** Creates one with a mapper of its own. */
  public Jackson() {}

  /**
   * Decodes with databind's polymorphic types.
   *
   * @param text the frame
   * @return the message
   * @throws JsonProcessingException if it is none
   */
  public ByHand databind(String text) throws JsonProcessingException {
    return polymorphic.readValue(text);
  }

  /**
   * Decodes to a tree, looks at its type, and turns the tree into the message.
   *
   * @param text the frame
   * @return the message
   * @throws JsonProcessingException if it is none
   */
  public ByHand tree(String text) throws JsonProcessingException {
    JsonNode tree = mapper.readTree(text);
    Class<? extends ByHand> type = switch (tree.path("type").asText()) {
      case "agent_status" -> ByHand.Status.class;
      case "agent_collaboration" -> ByHand.Collaboration.class;
      case "session_state" -> ByHand.State.class;
      case "session_logs" -> ByHand.Logs.class;
      case "active_sessions" -> ByHand.Sessions.class;
      case "crewai_log" -> ByHand.CrewLog.class;
      case "session_started",
          "agent_status_update",
          "phase_update",
          "crew_output",
          "session_completed",
          "session_error" -> ByHand.Event.class;
      default -> ByHand.Other.class;
    };
    return mapper.treeToValue(tree, type);
  }

  /**
   * Reads all tokens and their values, and makes nothing of them: what no decoder on this parser can be faster than.
   *
   * @param text the frame
   * @return a sum over all values
   * @throws IOException if it is not JSON
   */
  public long scan(String text) throws IOException {
    long sum = 0;
    try (JsonParser parser = mapper.getFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        sum += switch (token) {
          case FIELD_NAME -> parser.currentName().length();
          case VALUE_STRING -> parser.getText().length();
          case VALUE_NUMBER_INT -> parser.getLongValue();
          case VALUE_NUMBER_FLOAT -> (long) parser.getDoubleValue();
          default -> 1;
        };
      }
    }
    return sum;
  }
}
