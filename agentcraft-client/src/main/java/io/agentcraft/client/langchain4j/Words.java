package io.agentcraft.client.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of what users, models and tools say, without the pictures and sounds in between. */
final class Words {

  private Words() {}

  /** Returns the words, or the value itself if it is nothing that is said. */
  static @Nullable Object of(@Nullable Object said) {
    if (said instanceof ChatResponse response) {
      return of(response.aiMessage());
    } else if (said instanceof AiMessage message) {
      return message.text();
    } else if (said instanceof UserMessage message) {
      return of(message.contents());
    }
    return said;
  }

  static String of(@Nullable List<? extends Content> contents) {
    return contents == null
        ? ""
        : contents.stream()
            .map(content -> content instanceof TextContent text
                ? text.text()
                : "(" + content.type().name().toLowerCase(Locale.ROOT) + ")")
            .collect(Collectors.joining("\n"));
  }

  /** Returns the last message of a user. */
  static @Nullable UserMessage question(List<ChatMessage> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i) instanceof UserMessage message) {
        return message;
      }
    }
    return null;
  }
}
