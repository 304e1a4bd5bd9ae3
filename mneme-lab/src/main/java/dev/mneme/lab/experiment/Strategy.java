package dev.mneme.lab.experiment;

import dev.mneme.lab.method.Method;

/** How tasks that arrive group after group are learned. */
enum Strategy {
  FULL("full fine-tuning, one group after another", Method.FULL),
  SHARED("shared LoRA, one group after another", Method.SHARED),
  PER_TASK("a LoRA for each task, told which", Method.TOLD),
  NAIVE("memory, one group after another", Method.TAUGHT),
  ANCHORED("memory, held to what it said", Method.TAUGHT),
  BESIDE("memory, with a LoRA beside it for each task that arrives", Method.TAUGHT),
  REPLAY("memory, with old examples kept", Method.TAUGHT),
  JOINT("memory, all groups at once: the ceiling", Method.TAUGHT);

  private final String title;
  private final Method method;

  Strategy(String title, Method method) {
    this.title = title;
    this.method = method;
  }

  String title() {
    return title;
  }

  /**
   * What learns. A first lesson is for what is learned before anything arrives.
   *
   * @param shipped whether something is
   */
  Method method(boolean shipped) {
    return method == Method.TAUGHT && !shipped ? Method.MEMORY : method;
  }
}
