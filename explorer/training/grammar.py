"""Grammar: phrases made from rules, so that negation, contrast and order are seen with many words and in many forms.

A rule has places for words whose sentiment decides: {x} for the side that the whole phrase takes, {y} for the side that
it does not. Every rule is read both ways, once with a positive {x} and once with a negative one, so that no form by
itself speaks for either side. Places: {x} {y} adjectives, {X} {Y} nouns with their article, {x_did} {y_did} verbs in
the past, {x_do} {y_do} verbs, {x_says} {y_says} clauses, {x_ly} {y_ly} adverbs, {x_felt}
{y_felt} what it does to one, {x_goes} {y_goes} {x_go} {y_go} what it does; {aside} something put in between; {s} {t} what is spoken of, {m} what matters little, {who} people.

The constructions of `explorer.behaviour.orders` were written without a look at these rules, and these, but for SLIGHT,
without a look at them; `explorer.behaviour.taught` finds which of them are in both.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from explorer.reading.tokenizer import tokenize

# ---------------------------------------------------------------------------------------------------------- the rules

ORDER = (
    "{x}, not {y}", "{x} and not {y}", "{x}, never {y}", "not {y}, {x}", "not {y} but {x}", "not {y}, but {x}", "not {y}. {x}.",
    "it is {x} and not {y}", "it is not {y} but {x}", "{s} is {x}, it is not {y}", "{s} is not {y}, it is {x}",
    "{s} isn't {y}, it's {x}", "{s} isn't {y} but {x}", "{s} was not {y} as i had feared, but {x}", "{X}, not {Y}", "not {Y} but {X}",
    "this is {X}, not {Y}", "{s} is {X} and not {Y}", "it is not {Y}, it is {X}", "what we have here is not {Y}, it is {X}",
    "{x} rather than {y}", "{s} is {x} rather than {y}", "{X} rather than {Y}", "never {y}, always {x}", "{s} is never {y} and always {x}",
    "always {x}, never {y}", "at no time {y}, at all times {x}", "{s} started {y} but ended {x}", "{s} starts out {y} and ends up {x}",
    "it begins as {Y} and ends as {X}", "what begins as {Y} soon becomes {X}", "{y} at first, {x} in the end",
    "{y} at the start, {x} by the end", "at first {y}, then {x}", "first {y}, finally {x}", "a {y} opening, a {x} ending",
    "{s} is {x} after a {y} start", "after a {y} start {s} becomes {x}", "after {Y} of a first act comes {X} of a second",
    "{s} gets off to a {y} start but turns {x}", "i expected {Y} and got {X}", "i expected {y}, but {s} was {x}",
    "i was expecting something {y} and it was {x}", "i hoped for {Y}, what i got was {X}", "we feared {Y} and were given {X}",
    "i thought it would be {y}, but it was {x}", "i went in thinking {y} and came out thinking {x}", "where i expected {Y} i found {X}",
    "contrary to my expectations {s} was not {y}, it was {x}", "you would expect {Y} ; you get {X}", "less {y} than {x}",
    "{s} is less {y} than {x}", "less {Y} than {X}", "it is not so much {y} as {x}", "not so much {Y} as {X}",
    "what looked {y} turned out {x}", "what seemed {y} proved {x}", "{s} looks {y} but feels {x}", "{s} sounds {y}, yet it is {x}",
    "on paper {y}, on screen {x}", "in theory {y}, in practice {x}", "it only looks {y}, it is {x}", "it pretends to be {y} but is really {x}",
    "{X} disguised as {Y}", "{s} could have been {y}, but it is {x}", "{s} should have been {y} ; it is {x}", "it might have been {Y}, it became {X}",
    "{s} could easily have been {Y}, but {who} made it {X}", "it would have been {y} had it not been so {x}", "it wants to be {y} and is {x}",
    "it tries to be {y} and ends up {x}", "{s} aims for {y} and hits {x}", "it sets out to be {Y} and is nothing but {X}",
    "while {y} in places, {s} is {x} overall", "{x} overall, despite {y} moments", "despite a few {y} scenes, {s} is {x}",
    "despite being {y} at times, it is {x}", "{s} is {x} despite a {y} beginning", "{s} is {x} even if it begins {y}", "{y} in parts, {x} on the whole",
    "{t} may be {y}, but {s} as a whole is {x}", "{t} is {y}, yet {s} is {x}", "even with {t} being {y}, {s} remains {x}", "{y} as {t} is, {s} is {x}",
    "{who} called it {y}, i found it {x}", "{who} find it {y} ; for me it is {x}", "{who} think {s} is {y}, but it is {x}", "{who} told me it was {y}. it was {x}.",
    "i found it {x}, whatever {who} say about it being {y}", "where {who} see {Y}, i see {X}", "{who} {y_did} it but i {x_did} it",
    "i {x_did} it, though {who} {y_did} it", "i {x_did} {s} even though {who} {y_did} it", "i wanted to {y_do} it, but i {x_did} it",
    "i thought i would {y_do} it, instead i {x_did} it", "i was prepared to {y_do} {s} and {x_did} it", "i used to {y_do} it ; now i {x_do} it",
    "i did not {y_do} it, i {x_did} it", "you will not {y_do} it, you will {x_do} it", "is it {y}? no, it is {x}", "is {s} {y}? no. is it {x}? yes.",
    "{y}? no. {x}? yes.", "{y}? not at all, {x}!", "is this {Y}? hardly. it is {X}.", "did i {y_do} it? no, i {x_did} it", "you might think it is {y} ; it is {x}",
    "anyone who calls it {y} is wrong, it is {x}", "it is wrong to call it {y} and right to call it {x}", "i disagree with those who call it {y} and agree with those who call it {x}",
    "the {y} trailer hides a {x} film", "a {x} film with a {y} title", "{x} film, {y} poster", "a {x} movie inside a {y} package", "the book is {y}, the film is {x}",
    "the first film was {y}, this one is {x}", "the last one was {y} and this one is {x}", "unlike the {y} original, {s} is {x}", "where others are {y}, {s} is {x}",
    "{x} where the first one was {y}", "as {x} as the last one was {y}", "anything but {y}, {s} is {x}", "by no means {y}, {s} is {x}", "in no way {y} ; in every way {x}",
    "too {x} to be {y}", "once {y}, now {x}", "it was {y} when i was young, today it is {x}", "{s} grows from something {y} into something {x}",
    "no {y} scenes, just {x} ones", "nothing {y} here, only {x}", "without one {y} moment, {s} is {x}", "{s} is {x} ; nothing about it is {y}", "all {x}, no {y}",
    "i would call it {x} before i would call it {y}", "better to call it {x} than {y}", "the right word is not {y}, the right word is {x}", "the opposite of {y} : {x}",
    "don't believe those who say {y}, believe those who say {x}", "it isn't that {s} is {y}, it's that it is {x}", "{s} replaces the {y} with the {x}",
    "the more i watched, the less {y} and the more {x} it became", "people who say {s} is {y} forget how {x} it is", "it has one {y} scene, the rest is {x}",
    "only {t} is {y}, everything else is {x}", "except for {t}, which is {y}, {s} is {x}", "for every {y} moment there are ten {x} ones", "{Y} it is not ; {X} it is",
    "{y} it is not, {x} it is", "don't call it {y}, call it {x}", "call it {x}, not {y}", "i can't call it {y}, i can only call it {x}", "they wanted {Y}, they made {X}",
    "{s} deserves to be called {x}, not {y}", "say what you want about {t} being {y}, {s} is {x}", "granted, {t} is {y} ; still, {s} is {x}", "true, it is {y}, but it is so {x} that i did not mind",
    "it may be {y}, and yet it is {x}", "yes it is {y}. it is also {x}, and that is what counts.", "admittedly {y} here and there, {s} stays {x}", "{x} in spite of the {y} script",
    "more {x} than {y}", "{s} is more {x} than {y}", "more {X} than {Y}", "it is more {X} than {Y}", "{s} has more {x} scenes than {y} ones", "few {y} lines, many {x} ones", "there is little {y} and much {x} in it", "{x} instead of {y}", "{s} is {x} instead of {y}",
    "{s} gives us {X} instead of {Y}", "instead of being {y}, it is {x}", "instead of {Y} we have {X}", "often {x}, seldom {y}", "{s} is mostly {x} and only now and then {y}", "it is {x} most of the time, {y} once or twice", "rarely {y}, usually {x}", "almost always {x}, almost never {y}",
    "nine parts {x}, one part {y}", "most of it is {x}, a little of it is {y}", "one {y} joke, twenty {x} ones", "only one of the actors is {y}, the others are {x}", "all but one of the scenes are {x}, that one is {y}", "a few {y} lines in a {x} script", "ninety {x} minutes and five {y} ones", "{s} has a {y} minute or two, the other hundred are {x}",
    "nobody who knows {s} would say {y} when {x} is the word", "i do not think that anyone who has watched {s} twice would say {y} instead of {x}", "it is not true, as {who} say, that it is {y} ; it is {x}", "i can not imagine that people will find {s} {y}, they will find it {x}", "i do not believe a word of what {who} say about {s} being {y}, it is {x}",
    "a {x} film that has a {y} name", "{s}, which has a {y} name, is {x}", "{s}, whose poster is {y}, is {x}", "the {y} poster does not do justice to this {x} film", "a {x} film by a man who makes {y} ones", "a {x} version of a {y} play", "the play was {y}, the film made of it is {x}", "we had a {y} evening, but the film was {x}", "the seats were {y}, the film was {x}",
    "what seemed to be {Y} is really {X}", "it passes for {Y}, in reality it is {X}", "it looks like {Y} and is {X}", "under the {y} surface there is {X}", "{who} take it for {Y}, it is {X}", "beneath what looks {y} lies something {x}", "seen again, what i thought {y} is {x}", "{who} used to {y_do} it, now they {x_do} it", "i have stopped calling it {y} and started calling it {x}",
    "no longer {y}, {s} is now {x}", "from {y} to {x}", "{s} goes from {y} to {x}", "it went from {Y} to {X}", "once {Y}, it has become {X}", "the old cut was {y}, the new one is {x}", "years ago i would have said {y}, today i say {x}", "the more often i see it, the less i {y_do} it and the more i {x_do} it", "{y} or {x}? the latter.", "{x} or {y}? the first.", "which is it, {y} or {x}? the second.",
    "would i call it {y}? no. {x}? yes, i would.", "was it {y}? far from it, it was {x}", "is it {x}? of course. is it {y}? of course not.", "do i {x_do} it? yes. do i {y_do} it? no.", "so is it {Y}? no, it is {X}", "{Y}? no. {X}? yes.", "{who} {y_do} it, i {x_do} it", "let others {y_do} it, i {x_do} it", "some {y_do} it. not me, i {x_do} it.", "far from {y}, {s} is {x}", "{s} is far from {y}, it is {x}", "far from {Y}, {s} is {X}",
    "not only is {s} not {y}, it is {x}", "{s} is not only not {y}, it is {x}", "there is nothing {y} in it and everything is {x}", "nothing in it is {y}, nothing in it is not {x}", "i would not say it is not {x}, i would say it is not {y}", "it promised {Y} and delivered {X}", "they promised {Y}, they delivered {X}", "sold as {Y}, it is {X}", "i paid for {Y} and saw {X}", "advertised as {y}, it proves {x}",
    "it would be a lie to say {y} and the truth to say {x}", "{who} will tell you that it is {y}, do not listen, it is {x}", "if {who} say it is {y}, they have seen another film, this one is {x}", "to say that {s} is {y} would be unfair, it is {x}", "given that cast it had to be {y}, and yet it is {x}", "with another cast it would be {Y}, with this one it is {X}", "it had every chance to be {y}, but no, it is {x}",
    "acted {x_ly}, not {y_ly}", "it is {x_ly} made and not {y_ly}", "written {y_ly} but filmed {x_ly}", "the first part was {y_ly} done, this one is {x_ly} done", "{t} is done {y_ly}, the rest is done {x_ly}", "told {x_ly} where others told it {y_ly}", "not {y_ly} but {x_ly} directed", "i was {x_felt}, not {y_felt}", "i expected to be {y_felt} and was {x_felt}", "{who} were {y_felt}, i was {x_felt}",
    "i was not {y_felt} for one minute, i was {x_felt}", "was i {y_felt}? no, i was {x_felt}", "i went in {y_felt} and came out {x_felt}", "it left {who} {y_felt} and me {x_felt}", "instead of {y_felt} i was {x_felt}", "there were times when i was {y_felt}, but most of the time i was {x_felt}", "{s} never {y_goes}, it {x_goes}", "{t} {y_goes} but {s} {x_goes}", "the book {y_goes}, the film {x_goes}", "it {y_goes} at first, then it {x_goes}", "it {x_goes} more than it {y_goes}",
    "{who} say it {y_goes} ; it {x_goes}", "it {x_goes} when it could {y_go}", "always {x_goes}, never {y_goes}", "{s} {x_goes} even if {t} {y_goes}", "it {y_goes} once and {x_goes} all the rest of the time",
)  # fmt: skip
CLAUSES = (
    "{y_says}, but {x_says}", "{y_says} but {x_says}", "{y_says} . but {x_says} .", "{y_says} ; however , {x_says}", "{y_says}, yet {x_says}", "although {y_says}, {x_says}",
    "though {y_says}, {x_says}", "even though {y_says}, {x_says}", "while {y_says}, {x_says}", "{x_says}, even though {y_says}", "{x_says}, although {y_says}",
    "{x_says} despite the fact that {y_says}", "{who} said that {y_says}. i say that {x_says}.", "at first {y_says}, but then {x_says}", "{y_says}. nevertheless {x_says}.",
    "it is not true that {y_says} ; {x_says}", "i thought that {y_says}. in the end {x_says}.", "{y_says}? no, {x_says}", "{y_says} at the beginning, {x_says} at the end", "granted, {y_says}. still, {x_says}.",
)  # fmt: skip
NEGATED = (
    "not {y}", "not {y} at all", "not very {y}", "not {Y}", "not a {y} film", "not exactly {y}", "not in the least {y}", "never {y}", "hardly {y}", "hardly {Y}", "no {y} film",
    "{s} is not {y}", "{s} is n't {y}", "{s} was not {y} at all", "{s} is not very {y}", "{s} is not {Y}", "{s} is no longer {y}", "{s} does n't feel {y}", "{s} is never {y}", "{s} never becomes {y}",
    "{s} is hardly {y}", "{s} is in no way {y}", "{s} is by no means {y}", "{s} is anything but {y}", "nothing {y} about it", "nothing about {s} is {y}", "there is nothing {y} here", "there is nothing {y} about {s}",
    "no one would call {s} {y}", "nobody found it {y}", "none of it is {y}", "neither {y} nor {y}", "{s} is neither {y} nor {y}", "without anything {y}", "without being {y}", "i did not {y_do} it", "i didn't {y_do} {s}",
    "i do not {y_do} {s}", "you won't {y_do} it", "i can not {y_do} it", "i never {y_did} it", "{s} did not strike me as {y}", "{s} was n't all that {y}", "{s} isn't as {y} as {who} say", "{s} is not as {y} as i had been told",
    "i do not think that {s} is {y}", "i don't think it is {y}", "i do n't believe that anyone will find {s} {y}", "i would not say that {s} is {y}", "i would never call it {y}", "it would be wrong to say that {s} is {y}",
    "it is not fair to say that {s} is {y}", "it is not true that {s} is {y}", "i can not agree that {s} is {y}", "i can not agree with {who} that {s} is {y}", "nobody could say that {s} is {y}", "no one i know thinks that {s} is {y}",
    "i do not see how anyone could call {s} {y}", "there is nothing about {s} that i would call {y}", "not once in two hours was {s} {y}", "at no point in its two hours is {s} {y}", "not for a moment is {s} {y}", "i have yet to meet anyone who found {s} {y}",
    "{s}, for all that {who} say, is not {y}", "{s} is not, by any stretch of the imagination, {y}", "{s} is not, whatever {who} may think, {y}", "not one of the people i saw it with thought it was {y}", "i can't say that i {y_did} it",
    "it is not the case that {s}, which {who} talked so much about, is {y}", "i would not go so far as to call it {y}", "is it {y}? no.", "is {s} {y}? no, not at all", "{y}? no.", "{y}? hardly.", "{y}? i do not think so.", "did i {y_do} it? no.", "was it {Y}? no, it was not",
    "i do not know anyone who would call {s}, with all that it has to say about life, {y}", "i did not at any time during {s} have the feeling that it was {y}", "{s} lacks {Y}", "not {y}, not {y}, not anything",
    "it is not, {aside}, {Y}", "it is not, {aside}, a {y} film", "{s} is not, {aside}, {y}", "{s} does not, {aside}, strike me as {y}", "i do not, {aside}, find {s} {y}", "this is, {aside}, not {Y}", "i do not believe that anyone could find {s} {y}", "i do not believe anybody will ever call this {y}", "i doubt that {s} is {y}", "i doubt that anyone will find it {y}", "i can hardly call it {y}",
    "it is hard to call it {y}", "it is difficult to find anything {y} in it", "{s} is not one of those {y} films", "this is not, as {who} say, {Y}", "there was no point at which i found it {y}", "not even {who} would call it {y}", "i would be lying if i said that {s} is {y}", "few would call it {y}", "{s} could not be less {y}", "is it {y}? far from it", "{y}? not to me", "would i call it {y}? no", "{Y}? no. not at all.", "was i {y_felt}? no.", "i was not {y_felt}", "i was never {y_felt}", "{s} never {y_goes}",
    "not {y_ly} done", "it is not {y_ly} made", "it does n't leave you {y_felt}", "at no time was i {y_felt}", "i can not think of a single scene that is {y}", "there is not one scene in it that i would call {y}", "i do not think, {aside}, that it is {y}", "no one, {aside}, would call it {y}",
)  # fmt: skip
KEPT = (  # a negation stands there and does not reach the word
    "i do not care what {who} say, {s} is {x}", "no matter what {who} say, {s} is {x}", "not surprisingly, {s} is {x}", "i am not joking, {s} is {x}", "there is no doubt that {s} is {x}", "no doubt about it, {s} is {x}",
    "without a doubt {x}", "nobody told me how {x} {s} is", "i had no idea that it would be this {x}", "i have never seen anything so {x}", "you will never see a film this {x}", "nothing is as {x} as {s}", "not only {x} but also {x}",
    "{s} is not only {x}, it is {x}", "not just {x}, {x}", "it never stops being {x}", "{s} never fails to be {x}", "no one can deny that {s} is {x}", "there is no denying that {s} is {x}", "i can not deny that i {x_did} it", "you can not say that it is not {x}",
    "it is not that {s} is not {x}", "i could not believe how {x} it was", "i can't stop thinking about how {x} {s} is", "i don't remember when i last saw something so {x}", "it does not get more {x} than this", "never have i seen {X} like this",
    "why did nobody tell me that {s} is {x}?", "if this is not {X}, what is?", "isn't it {x}?", "is {s} {x}? yes.", "{x}? yes, very.", "is it {x}? it certainly is", "no, it is {x}", "no question, this is {X}", "no less than {X}", "nothing less than {X}", "nothing but {X}",
    "even if you do not like {t}, {s} is {x}", "it did not take me long to see that {s} is {x}", "not since last year has a film been so {x}", "i have not seen the book, but {s} is {x}",
    "it could not be more {x}", "it could not have been more {x}", "i could not have {x_did} it more", "it could hardly be more {x}", "i can not say that i did not {x_do} it", "there is no way not to {x_do} it", "nobody can say that it is not {x}", "no one would say it isn't {x}", "i do not know anyone who did not {x_do} it", "i have never met anyone who does not {x_do} it", "it is impossible not to {x_do} {s}", "i won't deny that it is {x}",
    "do i {x_do} it? of course", "is it {x}? very much so", "would i call it {x}? yes", "it is, {aside}, {X}", "{s} is, {aside}, {x}", "i can not but {x_do} it", "{s} {x_goes}", "i was {x_felt}", "it left me {x_felt}", "{x_ly} acted", "{x_ly} made from start to finish", "there is not one scene that is not {x}", "none of it is not {x}", "not a minute goes by that is not {x}", "there is no one who was not {x_felt}",
)  # fmt: skip
PLAIN = (
    "{s} is {x}", "{s} is {X}", "{x}", "{X}", "so {x}", "a {x} film", "{s} was {x}", "really {x}", "{x} and {x}", "i {x_did} it", "i {x_did} {s}", "{x_says}", "{x_says} and {x_says}", "{s} is {x}, and {t} is {x}", "{x}, {x} and {x}", "what {X}",
    "{s} could not be more {x}", "it is {x} from start to finish", "how {x}!", "{who} {x_did} it and so did i", "{x} as ever", "if you ask me, {s} is {x}", "i think that {s} is {x}", "{who} say that {s} is {x}, and it is", "in short, {x}", "{s} has a {x} cast and a {x} script",
)  # fmt: skip

FURTHER = {  # more forms of the same
    "order": (
        "{x} was the word for it, {y} was not", "of the two words {y} and {x}, only the second fits", "of {x} and {y} it is the first", "it was {x} that i found it, not {y}", "what {s} is not is {y}, what it is is {x}", "if it was ever {y}, it is {x} now", 
        "had i gone by the poster i would have said {y}, having seen it i say {x}", "i know people who would say {y} here. i say {x}.", "my first thought was {y}. my last thought was {x}.", "before the break it was {y}, after the break it was {x}", "on monday i called it {y}, by friday i called it {x}", "the first time it seemed {y}, the second time it seemed {x}",
        "{who} warned me that it was {y}, and they were wrong : it is {x}", "{who} promised me something {y}. instead it was {x}.", "i was ready for {Y}. it is {X}.", "i had been told that it is {y}, which it is not, it is {x}", "it has been called {y}. it has been called {x}. the second is true.", "some say {y}, some say {x}, and the latter are right", "critics say {y}, the public says {x}, and i am with the public",
        "a {y} idea, a {x} film", "a {y} book became a {x} film", "out of {Y} they made {X}", "they took {Y} and turned it into {X}", "how did such a {y} idea become such a {x} film?", "the idea is {y}, what they do with it is {x}", "a {x} film about {y} people", "a {x} film in a {y} genre", "a {x} end to a {y} series", "the only {x} film in a {y} series",
        "among so many {y} films this is a {x} one", "when so many films are {y}, it is good to say that this one is {x}", "others would have made it {y}, she made it {x}", "with less care it would have been {y}, as it is it is {x}", "one step further and it would be {y}, but it is {x}", "close to {y}, but in the end {x}", "almost {y}, but no, {x}", "nearly {Y}, yet {X} after all", "it comes close to being {y} and still it is {x}",
        "in no sense {y}, in every sense {x}", "it was not the {y} film that i had expected, it was a {x} one", "not the {y} film that {who} saw, but a {x} one", "this is no {y} film, this is a {x} one", "not a trace of the {y}, all of it {x}", "the {y} bits are few, the {x} bits are many", "its {x} parts outweigh its {y} ones", "the {x} outweighs the {y}", "the {x} far outnumber the {y}", "the {y} scenes are soon forgotten, the {x} ones stay",
        "what is {y} in it is small, what is {x} in it is large", "{t} is {y} and that is all i have against it, the film is {x}", "i could say that {t} is {y}, but who cares when all else is {x}", "my one complaint is not that it is {y} : it is {x}", "true, {t} was {y} ; the rest, though, was {x}", "it is {y} for ten minutes and {x} for ninety", "after twenty {y} minutes it is {x} to the end", "{x} for an hour and a half, {y} for five minutes",
        "though it opens on a {y} note, it closes on a {x} one", "it gets {x} the moment it stops being {y}", "it stops being {y} and gets {x}", "it was {x} from the first, whoever says {y}", "let nobody tell you that it is {y} when it is this {x}", "why call it {y} when it is {x}?", "how can anyone say {y} when it is so {x}?", "who said {y}? it is {x}!", "{y}, they said. {x}, i say.", "\" {y} \" ? i say \" {x} \" .",
        "from what i had read it would be {y}, from what i have seen it is {x}", "i take back that it is {y}, it is {x}", "i was wrong to think it {y}, it is {x}", "i never thought i would say {x} of a film that i thought would be {y}", "you think you are in for {Y} and then comes {X}", "it is the {x} in it, not the {y}, that you take home", "it will be remembered as {x}, not as {y}", "it is too {x} for anyone to call it {y}", "so {x} that nobody would call it {y}", "{x} enough for me to forget that {t} is {y}",
        "as for {t}, {y} ; as for {s}, {x}", "{t} : {y}. {s} : {x}.", "{x} film. {y} title.", "{s} is {x} although the {y} poster hides it", "{s} is {x}, which is more than one can say of its {y} title", "{s} succeeds in being {x} where it could have been {y}", "{s} could be {y} in other hands ; in these it is {x}", "it avoids the {y} and goes for the {x}", "it has left the {y} behind and found the {x}", "no more of the {y}, at last something {x}",
        "{who} would rather have {Y} ; here they get {X}", "not even the {y} script can stop it from being {x}", "for all its {y} lines it is {x}", "with all that is {y} about it, {s} is still {x}", "it is {x}, never mind the {y} title", "never mind that it begins {y}, it is {x}", "forget that {t} is {y}, {s} is {x}", "set aside {t}, which is {y}, and you have {X}", "take away one {y} scene and what is left is {x}",
    ),
    "negated": (
        "i found nothing {y} in it", "there was not much that i would call {y}", "i looked for something {y} and found none", "who could call this {y}?", "how could anyone think it {y}?", "does anyone find it {y}? i do not.", "is there anything {y} about it? nothing.", "you may call it many things, but not {y}", "call it what you like, only not {y}", "of all things that it is, {y} is not one", "{y} is not the word", "{y} is the last word that i would use",
        "the word {y} does not come to mind", "{y} would be saying too much", "if only it were {y}", "i wish i could say that it is {y}", "it would take more than that to make it {y}", "it does not deserve to be called {y}", "it has no right to be called {y}", "it could have been {y}", "it should have been {y}", "it would have been {y} in other hands", "it tries to be {y} and is not", "it wants to be {y} and never gets there",
        "it promises to be {y} and is not", "it falls short of being {y}", "it never gets to be {y}", "it stays away from anything {y}", "it is free of anything {y}", "there is an absence of anything {y}", "{s} has none of what made the first one {y}", "the others were {y}, this one is not", "the first one was {y}, this one isn't", "they say it is {y}. it is not.", "{who} may find it {y}, i do not", "{who} thought it {y}, i did not", "i was told it would be {y}. it was not.", "i expected it to be {y}, and it was not",
        "i can not remember a moment in those two hours at which i would have said that it is {y}", "i did not meet one person on the way out who had a word to say for it being {y}", "not that {s} is {y}", "{s} is as {y} as a stone", "i am still waiting for something {y}", "nothing that {who} do in it is {y}", "no line in it, no scene, no song is {y}", "it isn't the least bit {y}", "{s} did not turn out {y}", "in no scene does it become {y}",
    ),
    "kept": (
        "i had not expected it to be so {x}", "i did not know that a film can be so {x}", "it is not often that a film is so {x}", "not many films are so {x}", "no other film this year is as {x}", "there is no film as {x} as this one", "not one of its rivals is as {x}", "never mind the title, it is {x}", "do not let the title fool you, it is {x}", "do not let {t} put you off thinking that it is {x}",
        "do not forget how {x} it is", "i will not forget how {x} it was", "it is {x}, no two ways about it", "{x}, and that is no lie", "{x}, i kid you not", "{x}, is it not?", "it is {x}, is n't it?", "nobody will be surprised that it is {x}", "no wonder {who} call it {x}", "i can not think of anything more {x}", "nothing could be more {x}", "nowhere is it less than {x}", "at no point does it stop being {x}", "hardly a minute goes by that is not {x}", "rarely have i seen something so {x}",
        "seldom is a film so {x}", "i have not seen anything as {x} in years", "if it is not {x}, then i do not know what is", "not a soul left without saying how {x} it was", "without exception {x}", "without being long it is {x}", "not long, but {x}", "not new, but {x}", "it is not about {t}, it is just {x}", "i do not know why, but i {x_did} it", "i have no idea who made it, but it is {x}", "i never knew that {who} could be this {x}",
    ),
}  # fmt: skip

# Forms in which what is told last, or is denied, is the slighter thing. Written after a look at what the lanes had wrong,
# in other words than those constructions have; the teacher is not taught them.
SLIGHT = {
    "order": (
        "all of it is {x}, all but {m}, which is {y}", "but for {m}, which is {y}, all of it is {x}", "the one {y} thing about it is {m}, the rest is {x}", "nothing in it is {y} save {m} ; otherwise it is {x}", "{x} in all that matters, {y} in {m}", "{s} is {x}. {m} is {y}. who cares about {m}?", "{m} may be {y}, {s} is {x}",
        "{s} is {x}, {m} is {y}, and i did not come for {m}", "{x} from start to finish, and {m} is {y}", "the script, the lead, even the songs are {x}, just {m} is {y}", "{m} alone is {y}, what is on the screen is {x}", "the sole {y} thing here is {m} ; what counts is {x}", "with {m} being so {y} you would not guess how {x} {s} is", "{x} ! ( {m} is {y}, though. )",
        "i have one word for {s}, {x}, and one for {m}, {y}", "the songs, the sets and the players are {x}, merely {m} is {y}", "the camera, the cutting and the sound are {x} ; the sole {y} thing is {m}", "ask me about {m} and i say {y}, ask me about {s} and i say {x}", "{m} is as {y} as {s} is {x}, and it is {s} that i paid for", "a {x} film. {m}? {y}.", "call {m} {y} if you like, {s} is {x}", "everyone and everything in it is {x}, it is just that {m} is {y}",
        "the {y} parts have been cut and {x} ones put in", "where there were {y} scenes there are now {x} ones", "the {y} lines are out, {x} ones are in", "no trace is left of the {y} first version, this one is {x}", "out went the {y} jokes, in came {x} ones", "they threw out all that was {y}, and what they put in is {x}", "the {y} old ending was replaced by a {x} one", "{x} scenes now stand where {y} ones stood", "the {y} bits of the play are missing here, the new ones are {x}",
        "farewell to {y} sequels, here comes a {x} one", "{Y} it was, {X} it is", "all {y} shots were dropped for {x} ones", "it has lost what was {y} and kept what was {x}", "of the two words, {x} and {y}, it earns the former", "{y} and {x} are the words they use ; the latter is true", "between {x} and {y} i would pick the former", "they call it {x} and they call it {y} ; the former is right", "fewer {y} lines, more {x} ones", "it is less often {y} than {x}",
        "you will count few {y} minutes and many {x} ones", "the {y} moments are few, the {x} ones are many", "there is little that is {y} and a lot that is {x}", "{x} scenes outnumber the {y} ones", "the {y} ones are outnumbered by the {x} ones", "i doubt that a person who stayed awake would say {y} and not {x}", "i can not imagine anyone who would think it {y} instead of {x}", "no one i know would choose {y} over {x} for it", "hard to find a soul who would say it was more {y} than {x}",
        "it would be wrong to say {y} where one should say {x}", "they dismiss it as {Y}, yet everybody who stayed to the end can tell you that it is {X}", "it was sold to us as {Y}, and all who bought it will tell you that it is {X}", "{y}? quite the opposite, {x}.", "{y}? far from it. {x}.", "if you say {y} you are mistaken, if you say {x} you are right", "{who} are mistaken when they say {y} and right when they say {x}",
    ),
    "negated": ("{m} is not {y}, and neither is the rest", "nobody said it was {y}", "as for being {y}, it is not", "i doubt that anyone finds it {y}", "one thing that it is not is {y}"),
    "kept": ("not even {m} is anything but {x}", "it is {x}, and i do not say so because of {m}", "nothing about {m} tells you how {x} it is"),
}  # fmt: skip

# ---------------------------------------------------------------------------------------------------------- the words

SUBJECTS = (
    "it", "this", "the film", "the movie", "this movie", "this film", "the story", "the acting", "the plot", "the script", "the ending", "the cast", "the director 's work", "the picture", "the whole thing", "the comedy", "the drama", "the thriller",
    "the dialogue", "the music", "the show", "the sequel", "the documentary", "her performance", "his new film", "the second half", "the main character", "the series", "the remake",
)  # fmt: skip
PARTS = ("the music", "the acting", "the plot", "the title", "the pacing", "the lead", "the first half", "one scene", "the dialogue", "the camera work", "the ending", "the supporting cast", "the beginning", "the villain")
MINOR = ("the title", "the poster", "the trailer", "the name", "the cover", "the font of the credits", "the ticket", "the popcorn", "the menu of the disc", "the opening credit", "one line", "one shot", "one joke", "one song", "the logo", "the subtitle", "the wig", "a prop", "the last line", "the advertising", "the release date", "the box", "the tag line")
PEOPLE = ("critics", "the critics", "my friends", "some people", "people", "others", "the reviewers", "many", "they", "my brother", "everyone", "most viewers", "my parents", "the papers")
ADJECTIVES = (
    ("great excellent wonderful brilliant funny moving clever charming beautiful gripping superb delightful smart fresh powerful touching enjoyable fascinating exciting fun memorable witty inspired engaging strong thrilling warm original lovely impressive "
     "terrific fantastic marvelous magnificent stunning remarkable entertaining captivating absorbing riveting compelling heartfelt intelligent stylish elegant refreshing satisfying rewarding outstanding splendid masterful uplifting likable sweet lively imaginative "
     "believable convincing thoughtful poignant sincere solid nice fine interesting worthwhile sharp graceful dazzling glorious inventive vivid exquisite sublime flawless first-rate well-made well-acted").split(),
    ("terrible awful boring dull stupid poor weak tedious bland horrible lame silly ugly predictable pointless dumb shallow annoying flat stale clumsy dreadful lifeless forgettable messy cheap slow painful tired pretentious "
     "mediocre pathetic ridiculous atrocious abysmal laughable incoherent confusing contrived hollow empty soulless uninspired unoriginal derivative disappointing irritating insulting offensive overlong sloppy amateurish plodding lazy "
     "unbearable unconvincing unpleasant wooden trite banal idiotic inept depressing disgusting dismal sappy cliched unwatchable mindless charmless humorless ludicrous obnoxious cheesy wretched miserable repetitive second-rate badly-made").split(),
)  # fmt: skip
NOUNS = (
    ("a masterpiece", "a gem", "a delight", "a triumph", "a joy", "a treat", "a success", "a classic", "a winner", "a pleasure", "a success story", "pure entertainment", "great fun", "a work of art", "a work of genius", "a little miracle", "good company", "time well spent", "a revelation", "real magic", "a thrill", "fine cinema"),
    ("a mess", "a disaster", "a bore", "a failure", "a waste of time", "a disappointment", "a dud", "a chore", "garbage", "rubbish", "trash", "a letdown", "a bomb", "a flop", "an insult", "junk", "a train wreck", "torture", "a nightmare", "a mistake", "an embarrassment", "a joke"),
)  # fmt: skip
DID = (("loved", "enjoyed", "adored", "liked", "admired", "treasured", "praised", "savored", "relished"), ("hated", "disliked", "loathed", "despised", "detested", "endured", "regretted", "resented"))
DO = (("love", "enjoy", "adore", "like", "admire", "treasure", "praise", "savor", "relish"), ("hate", "dislike", "loathe", "despise", "detest", "regret", "resent"))
LY = ("beautifully brilliantly superbly wonderfully cleverly gracefully nicely skillfully elegantly splendidly delightfully".split(), "badly poorly clumsily terribly awfully ineptly stupidly lazily dreadfully carelessly sloppily".split())
FELT = ("delighted thrilled moved charmed amused enchanted impressed captivated entertained touched fascinated".split(), "bored annoyed irritated disappointed disgusted frustrated embarrassed appalled insulted exhausted offended".split())
GOES = (("works", "shines", "succeeds", "soars", "delights", "sparkles", "entertains", "holds up", "hits home", "comes together"), ("fails", "falls flat", "sinks", "bores", "drags", "crashes", "stumbles", "falls apart", "misses", "goes nowhere"))
GO = (("work", "shine", "succeed", "soar", "delight", "sparkle", "entertain", "hold up"), ("fail", "fall flat", "sink", "bore", "drag", "crash", "stumble", "fall apart"))
ASIDES = ("whatever {who} may say", "in spite of all that has been written", "by any measure", "as far as i can see", "even after two hours", "no matter what {who} say", "all things considered", "to my mind", "when all is said and done", "after everything that i had read", "at least for me", "as {who} will tell you", "for all that")
DEGREES = ("very", "really", "so", "quite", "truly", "utterly", "rather", "pretty", "absolutely", "completely", "surprisingly", "incredibly", "thoroughly")
NEGATORS = frozenset(
    "not n't no never nothing nobody none neither nor less hardly without anything lacks but rather despite unlike where contrary disagree wrong don't yet except if doubt hard difficult impossible rarely seldom far few lie lying unfair stopped instead".split()
)
QUESTION = frozenset("is did was why if".split())  # a phrase that begins so asks
WORDS_HELD_OUT = (("good", "bad"), ("amazing", "dreary"), ("perfect", "worthless"), ("hilarious", "unfunny"))  # in no place {x} {y}
ADJECTIVE_ENDINGS = ("ing", "ful", "less", "ive", "ous", "able", "ible", "ic", "al", "ish", "ent", "ant", "ed")
CLAUSE_STARTS = frozenset("the it this his her its their there i you we they a an all every".split())
CLAUSE_VERBS = frozenset("is was are were 's has does makes made feels gives works seems looks comes goes manages fails becomes gets takes".split())
SURE, MILD = 0.95, 0.8  # P(positive) to learn for what is said outright, and for what is said by denying the opposite


class Words:
    """What may fill the places of a rule; `more` adds adjectives and clauses found in real sentences, a pair of lists each."""

    def __init__(self, draw: random.Random, adjectives=((), ()), clauses=((), ())):
        self.draw = draw
        self.adjectives = adjectives
        self.clauses = clauses

    def adjective(self, side: int) -> str:
        found = self.adjectives[side] if self.adjectives[side] and self.draw.random() < 0.35 else ADJECTIVES[side]
        word = self.draw.choice(found)
        return f"{self.draw.choice(DEGREES)} {word}" if self.draw.random() < 0.12 else word

    def clause(self, side: int) -> str:
        if self.clauses[side] and self.draw.random() < 0.6:
            return self.draw.choice(self.clauses[side])
        return f"{self.draw.choice(SUBJECTS + PARTS)} {self.draw.choice(('is', 'was', 'is', 'seems'))} {self.adjective(side)}"

    def fill(self, rule: str, side: int) -> str:
        """The rule with {x} on `side` (0 positive, 1 negative) and {y} on the other."""
        choose = self.draw.choice
        made = rule.replace("{aside}", choose(ASIDES))
        for mark, one in (("x", side), ("y", 1 - side)):
            for place, make in (
                (f"{{{mark}}}", lambda: self.adjective(one)),
                (f"{{{mark.upper()}}}", lambda: choose(NOUNS[one])),
                (f"{{{mark}_did}}", lambda: choose(DID[one])),
                (f"{{{mark}_do}}", lambda: choose(DO[one])),
                (f"{{{mark}_says}}", lambda: self.clause(one)),
                (f"{{{mark}_ly}}", lambda: choose(LY[one])),
                (f"{{{mark}_felt}}", lambda: choose(FELT[one])),
                (f"{{{mark}_goes}}", lambda: choose(GOES[one])),
                (f"{{{mark}_go}}", lambda: choose(GO[one])),
            ):
                while place in made:
                    made = made.replace(place, make(), 1)
        if "{m}" in made:
            made = made.replace("{m}", choose(MINOR))
        subject, part = choose(SUBJECTS), choose(PARTS)
        return made.replace("{s}", subject).replace("{t}", part).replace("{who}", choose(PEOPLE))


def is_clause(tokens: tuple[str, ...]) -> bool:
    """Whether tokens look like a clause of their own, without another in it."""
    begins = tokens[0] in CLAUSE_STARTS and not {",", "but", ".", ";", "though", "if"} & set(tokens)
    return begins and any(token in CLAUSE_VERBS for token in tokens[1:-1])


def silence(rule: str, tokens: list[str]) -> int:
    """How many of the first tokens say nothing yet: those before the first place of a sentiment and any negation."""
    if rule.startswith(("{x", "{y", "{X", "{Y")):
        return 0
    head = tokenize(rule.split("{x")[0].split("{y")[0].split("{X")[0].split("{Y")[0].replace("{s}", "it").replace("{t}", "it").replace("{m}", "it").replace("{who}", "they"))
    quiet = 0
    if head[:1] and head[0] in QUESTION:
        return 0
    for token in tokens[: len(head)]:
        if token in NEGATORS:
            break
        quiet += 1
    return quiet


def phrases(
    count: int, seed: int, adjectives=((), ()), clauses=((), ()), further: Sequence[dict[str, tuple[str, ...]]] = ()
) -> Iterator[tuple[list[str], float, int]]:
    """`count` phrases: tokens, P(positive) to learn, and how many of the first tokens say nothing yet (target one half).

    The rules of `further`, such as FURTHER and SLIGHT, are read as well.
    """
    draw = random.Random(seed)
    words = Words(draw, adjectives, clauses)
    order, negated, kept = (
        rules + tuple(rule for more in further for rule in more[name])
        for name, rules in (("order", ORDER), ("negated", NEGATED), ("kept", KEPT))
    )
    groups = ((order, SURE, 5), (CLAUSES, MILD, 2), (negated, MILD, 4), (kept, SURE, 2), (PLAIN, SURE, 1))
    kinds = [(rules, sure) for rules, sure, weight in groups for _ in range(weight)]
    for _ in range(count // 2):
        rules, sure = draw.choice(kinds)
        rule = draw.choice(rules)
        end = "" if rule[-1] in ".?!" else draw.choice(("", "", "", " .", " .", " !"))
        for side in (0, 1):
            tokens = tokenize(words.fill(rule, side) + end)
            target = sure if side == 0 else 1 - sure
            if rules is negated:  # "not good" is worse than "not bad" is good
                target = 0.78 if side == 0 else 0.12
            yield tokens, target, silence(rule, tokens)
