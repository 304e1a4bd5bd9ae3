/**
 * What every experiment is given: the frozen base, photographs, how much to spend, and a place in
 * which finished parts are kept, so that an experiment that was stopped goes on.
 */
package dev.mneme.lab.run;
