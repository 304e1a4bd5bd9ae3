/**
 * Sentences become token states here. Make one {@link dev.mneme.edit.text.RoutedTextEncoder} for
 * the whole application, call {@code encode} from any thread, close it at the end. English goes to
 * one frozen encoder and Chinese to another; {@link dev.mneme.edit.text.TextStates} says which one
 * spoke, since each has a width and a projection of its own. A sentence that neither can read is an
 * {@link dev.mneme.edit.text.UnusableSentenceException}, meant for the person who wrote it. What a
 * sentence asks for, and whether the base does it alone, is for {@link
 * dev.mneme.edit.text.Understanding} to say.
 */
package dev.mneme.edit.text;
