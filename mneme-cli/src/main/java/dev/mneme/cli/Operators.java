package dev.mneme.cli;

import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.ExamplePair;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.pipeline.StageClock;
import dev.mneme.edit.text.Verdict;
import dev.mneme.edit.words.Asked;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An open editor, and the operators that are written by it or kept for it. */
final class Operators implements AutoCloseable {
  private final Editor editor;

  /**
   * Opens an editor.
   *
   * @param first a sentence that will be asked for
   * @throws CommandException MODEL_MISSING
   * @throws IOException if a model is no model; see {@link Editor#open}
   */
  Operators(Path models, Optional<String> first) throws IOException {
    try {
      editor = Editor.open(models, StageClock.NONE, first);
    } catch (NoSuchFileException e) {
      throw missing(e, "a model", "Check --models");
    }
  }

  private static CommandException missing(NoSuchFileException e, String what, String advice) {
    return new CommandException(
        ExitCode.MODEL_MISSING,
        "%s: expected a file of %s, found nothing. %s".formatted(e.getFile(), what, advice),
        e);
  }

  Editor editor() {
    return editor;
  }

  /**
   * Refuses a sentence in which nothing is known.
   *
   * @param masked whether a mask says where
   * @throws CommandException UNKNOWN_WISH
   * @throws dev.mneme.edit.text.UnusableSentenceException if it cannot be read
   */
  void requireKnown(Wanted.Sentence wanted, boolean masked) {
    Asked asked = asked(wanted);
    Asked whole = masked ? asked.anywhere() : asked;
    boolean retouches = inTurn(wanted, whole).stream().anyMatch(wish -> wish.deed().isRetouch());
    if (retouches && wanted.save().isPresent()) {
      throw new CommandException(
          ExitCode.USAGE,
          "\"%s\": expected a wish for which weights are written, found one that needs none and"
                  .formatted(whole.sentence().strip())
              + " cannot be kept. Say it without --save-adapter, to 'mneme edit'");
    }
    if (retouches) {
      return; // heard by its words alone; what stands beside it was found to be known
    }
    Optional<Verdict> verdict = editor.understand(asked.wish());
    if (!wanted.force() && verdict.isPresent() && !verdict.get().known()) {
      throw new CommandException(
          ExitCode.UNKNOWN_WISH,
          String.format(
              Locale.ROOT,
              "\"%s\": expected a wish for light, colour, texture, a look or a repair, such as"
                  + " \"make it warmer\", found none (confidence %.2f, at least %.2f expected)."
                  + " Say it in other words, or use --force to have it tried",
              asked.sentence().strip(),
              verdict.get().confidence(),
              Verdict.LEAST));
    }
  }

  /**
   * Wishes to be done in turn. A sentence whose operator is kept is one.
   *
   * @throws dev.mneme.edit.text.UnusableSentenceException if the sentence cannot be read
   */
  List<Asked> inTurn(Wanted.Sentence wanted) {
    return inTurn(wanted, asked(wanted));
  }

  /** What is wanted, as the editor hears it. */
  Asked asked(Wanted.Sentence wanted) {
    return editor.asked(wanted.said());
  }

  private List<Asked> inTurn(Wanted.Sentence wanted, Asked whole) {
    return wanted.save().isPresent() ? List.of(whole) : editor.inTurn(whole);
  }

  /** Writes the operator for a photo and a wish; the caller closes it. */
  Operator recall(RasterImage photo, String wish) {
    return editor.recall(photo, wish);
  }

  /** Writes the operator that examples show; the caller closes it. */
  Operator shown(List<ExamplePair> pairs) {
    return editor.shown(pairs);
  }

  /** Writes the operator that gives a photo the look of another picture; the caller closes it. */
  Operator like(RasterImage photo, RasterImage reference) {
    return editor.like(photo, reference);
  }

  /**
   * The operator that is kept, or the blend of several; the caller closes it.
   *
   * @throws CommandException MODEL_MISSING or ADAPTER_MISMATCH
   * @throws IOException if one is no operator; see {@link Operator#load}
   */
  Operator load(List<Weighted> parts) throws IOException {
    List<Operator.Part> loaded = new ArrayList<>();
    try {
      for (Weighted part : parts) {
        loaded.add(new Operator.Part(load(part.folder()), part.weight()));
      }
      return Operator.blend(loaded);
    } finally {
      loaded.forEach(part -> part.operator().close());
    }
  }

  private Operator load(Path folder) throws IOException {
    try {
      return Operator.load(folder, editor);
    } catch (NoSuchFileException e) {
      throw missing(e, "a kept operator", "Check the folder");
    } catch (ModelException | SafetensorsException e) {
      throw e;
    } catch (IOException e) { // a configuration of something other than plain LoRA
      throw new CommandException(ExitCode.ADAPTER_MISMATCH, e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    editor.close();
  }
}
