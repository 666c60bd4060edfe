package io.agentcraft.client.it.langchain4j;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** Agents of which the tests build crews. */
final class Agents {

  private Agents() {}

  /** Has a description. */
  public interface Researcher {

    @UserMessage("Research {{topic}}")
    @Agent(name = "Researcher", description = "Researches the topic", outputKey = "facts")
    String research(@V("topic") String topic);
  }

  /** Has no description. */
  public interface Writer {

    @UserMessage("Write about {{facts}}")
    @Agent(name = "Writer", outputKey = "report")
    String write(@V("facts") String facts);
  }

  public interface Illustrator {

    @UserMessage("Draw {{topic}}")
    @Agent(name = "Illustrator", description = "Draws the topic", outputKey = "picture")
    String draw(@V("topic") String topic);
  }

  public interface Scorer {

    @UserMessage("Score {{report}}")
    @Agent(name = "Scorer", description = "Scores the report", outputKey = "score")
    double score(@V("report") String report);
  }

  public interface Editor {

    @UserMessage("Edit {{report}}")
    @Agent(name = "Editor", description = "Edits the report", outputKey = "report")
    String edit(@V("report") String report);
  }
}
