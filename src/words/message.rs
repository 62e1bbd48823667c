//! The things that the interface says.

/// Makes [`Message`] from four lists: what the player says on a first visit, what only the rest of its code says or an LMS has
/// it say, what stands in the page when it is made, and what only scripts say.
macro_rules! messages {
    (
        player { $($(#[$doc:meta])* $name:ident,)* }
        rest { $($(#[$rest_doc:meta])* $rest_name:ident,)* }
        page { $($(#[$page_doc:meta])* $page_name:ident,)* }
        script { $($script_name:ident,)* }
    ) => {
        /// Something that the interface says. The files of the languages have a pattern for each, under its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Message {
            $($(#[$doc])* $name,)*
            $($(#[$rest_doc])* $rest_name,)*
            $($(#[$page_doc])* $page_name,)*
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl Message {
            /// The names of those that the player says before the rest of its code is there.
            pub const PLAYER: &[&str] = &[$(stringify!($name)),*];
            /// The names of those that it says only with the rest of its code.
            pub const REST: &[&str] = &[$(stringify!($rest_name)),*];
            /// The names of those that stand in the page when it is made.
            pub const PAGE: &[&str] = &[$(stringify!($page_name)),*];
            /// The names of what only a script says which few load: the files of the languages have these, too.
            pub const SCRIPT: &[&str] = &[$(stringify!($script_name)),*];
        }
    };
}

messages! {
    player {
        /// Between two things of a list.
        Comma,
        /// Between two right answers.
        Or,
        /// The letters of options and answers, in their order.
        Letters,
        /// The heading of the page of all terms, where the search of the course is, too.
        Glossary,
        /// Names the list of steps.
        Outline,
        /// Leads past the navigation.
        Skip,
        /// How many steps are `done` of all, `of`.
        StepsDone,
        /// Saves all progress as a file.
        Download,
        /// A step not yet begun.
        NotStarted,
        /// A step begun.
        Started,
        /// A step that is done.
        StepDone,
        /// Progress is safe.
        Saved,
        /// The browser keeps nothing here.
        SavingRefused,
        /// The browser has no room left.
        SavingFull,
        /// The page around wants nothing to be kept.
        SavingUnwanted,
        /// Opens a hint.
        Hint,
        /// Asks for the verdict.
        Check,
        /// Asks for the verdict though items are missing.
        CheckAnyway,
        /// Opens a wrong answer again.
        TryAgain,
        /// Starts over after full marks or the solution.
        PractiseAgain,
        /// Shows the right answer.
        ShowSolution,
        /// Clears one exercise.
        Reset,
        /// Shows items and slots as a board.
        AsBoard,
        /// Shows items and slots as a list.
        AsList,
        /// Says of an answer that it may be a guess.
        Unsure,
        /// Strikes out the option of that `letter`.
        RuleOut,
        /// Stands in a select until something is chosen.
        Choose,
        /// Follows an answer that prompt `n` has.
        UsedFor,
        /// What an exercise asks for: a choice of one.
        TaskChoice,
        /// The same: a choice of `n`, a number written as exam questions do.
        TaskChoices,
        /// The same: `n` items to sort.
        TaskClassification,
        /// The same: `n` pairs to match.
        TaskMatching,
        /// The same: `n` items to order.
        TaskOrdering,
        /// The same: `n` cards.
        TaskFlashcards,
        /// To select `n`, a number written as exam questions do.
        Select,
        /// `n` of `of` options selected so far.
        SoFarSelected,
        /// `n` of `of` items sorted so far.
        SoFarSorted,
        /// `n` of `of` prompts matched so far.
        SoFarMatched,
        /// Nothing was chosen.
        LacksAnswer,
        /// `n` more options are to be selected.
        LacksOptions,
        /// `n` items are unanswered.
        LacksItems,
        /// `n` options more than the `select` that are asked for.
        TooMany,
        /// A choice was right.
        VerdictRight,
        /// A choice of one was wrong.
        VerdictWrong,
        /// A choice of `of` had `right` right ones and `wrong` wrong ones.
        VerdictChoices,
        /// All of `n` are right.
        VerdictAll,
        /// `right` of `of` are right, `wrong` are not.
        VerdictSome,
        /// What can be done after full marks.
        NextRight,
        /// What can be done after less.
        NextWrong,
        /// An option was chosen, and rightly so.
        OptionRight,
        /// An option should have been chosen.
        OptionMissed,
        /// An option was chosen wrongly.
        OptionWrong,
        /// An option was left alone, and rightly so.
        OptionLeft,
        /// An item is right.
        ItemRight,
        /// An item is wrong.
        ItemWrong,
        /// An item was not answered.
        ItemMissed,
        /// Between that an item is right and where it is.
        RightIn,
        /// Between that an item is wrong and where it belongs.
        BelongsTo,
        /// Told when an answer was taken from item `n`.
        Moved,
        /// Told when item `n` has its answer again.
        MovedBack,
        /// Told when the option of that `letter` was struck out.
        RuledOut,
        /// Told when it is no longer.
        PossibleAgain,
        /// Matches against the clock.
        Race,
        /// Told when everything was deleted.
        AllDeleted,
        /// Names the page on which is asked again what was learned.
        Review,
        /// That it is being loaded.
        Loading,
        /// That the review, or a board, could not be loaded.
        RestMissing,
    }
    rest {
        /// Heads the results.
        Results,
        /// All results: `done` of `steps`, and `right` of `of`.
        Total,
        /// The best score of an exercise, `right` of `of`, after `n` tries.
        Outcome,
        /// The same, where the solution was seen.
        OutcomeSeen,
        /// That all of `n` cards are known.
        CardsKnown,
        /// Heads the right answer.
        Solution,
        /// Names the button that moves `item` up by one.
        MoveUp,
        /// Names the button that moves `item` down by one.
        MoveDown,
        /// Which card of the session it is: `at` of `of`.
        Card,
        /// Heads the back of a card.
        Answer,
        /// Turns a card.
        ShowAnswer,
        /// Rates a card as not known.
        Again,
        /// Rates a card as known.
        GotIt,
        /// Marks a card to find it again.
        Star,
        /// Opens the choice of sessions.
        CardOptions,
        /// Shows the backs of cards first.
        MeaningFirst,
        /// Starts a session of all cards in the author's order.
        AllInOrder,
        /// Starts a session of all cards in a new order.
        AllShuffled,
        /// Starts a session of the `n` starred cards.
        OnlyStarred,
        /// Takes the last rating back.
        Undo,
        /// Leaves the cards for the next step.
        Done,
        /// Starts the cards over.
        OnceMore,
        /// Starts a session of the `n` cards that were missed.
        ReviewMissed,
        /// Before the cards that were missed.
        Missed,
        /// Said when no card was missed.
        NoneMissed,
        /// The place `n` in an order.
        Position,
        /// Told when an item was put into `slot`; `so_far` says how many are.
        PlacedIn,
        /// Told when `item` moved to the place `at` of `of`.
        PlacedAt,
        /// Told when `item` was matched with `slot`; `so_far` says how many are.
        MatchedWith,
        /// Told when an item was taken out of its slot; `so_far` says how many are not.
        TakenOut,
        /// Told when the solution shows.
        Solved,
        /// Told when an exercise is open again.
        Reopened,
        /// The same, where `n` right items stay.
        ReopenedKept,
        /// Told when missed cards come again.
        Reviewing,
        /// Told when the clock runs.
        RaceBegun,
        /// After full marks: how many seconds the `last` race took, and the `fastest`.
        RaceTimes,
        /// Told when a rating was taken back.
        Undone,
        /// Told after the last card.
        DeckDone,
        /// Between two options that were chosen.
        Semicolon,
        /// Saved progress could not be read.
        SetAside,
        /// That a question was corrected after it was answered, and is asked again.
        Corrected,
        /// Heads what the learner answered.
        YourAnswer,
        /// Before the slot in which an item is.
        In,
        /// Takes an item out of its slot.
        TakeOut,
        /// How many items, `n`, a slot on a board holds, after its name.
        Contains,
        /// Told when `what` was picked up.
        PickedUp,
        /// The same for an item at the first time, with how to go on and the `n` groups.
        PickedUpToGroup,
        /// The same with the `n` answers.
        PickedUpToMatch,
        /// The same for a slot at the first time.
        PickedUpSlot,
        /// Told when the held item would go to `slot`, which is `at` of `of` and holds `n`.
        Aimed,
        /// Told when what was held is held no more.
        LetGo,
        /// Leads there, where `n` questions are due.
        ReviewDue,
        /// How many questions are due, `n`.
        Due,
        /// That none is.
        NothingDue,
        /// What the review is.
        ReviewAbout,
        /// Starts a sitting of `n` questions.
        BeginReview,
        /// How many more wait, `n`.
        Waiting,
        /// Before the choice of how much the learner wants to know.
        Retention,
        /// So many percent, `n`.
        Percent,
        /// How many questions of a sitting are `done`, of `of`.
        ReviewSoFar,
        /// Why it is asked: it is new.
        ReasonNew,
        /// The same: it was missed `n` times.
        ReasonMissed,
        /// The same: it was answered with doubt.
        ReasonUnsure,
        /// The same: it was known `n` days ago.
        ReasonFading,
        /// Heads a question about a term.
        KeyTerm,
        /// Asks what `term` means.
        WhatMeans,
        /// Asks which term has the meaning that stands above.
        WhichTerm,
        /// An answer was wrong, and the right one is marked.
        ReviewWrong,
        /// Goes on to the next question.
        NextQuestion,
        /// Leads to where it is taught.
        WhereTaught,
        /// Leaves a review before its end.
        EndReview,
        /// Heads the end of a review of `n` questions.
        Reviewed,
        /// Rates a card as known with effort.
        Hard,
        /// Rates a card as known.
        Good,
        /// Rates a card as known at once.
        Easy,
        /// After so many minutes, `n`.
        Minutes,
        /// After so many days, `n`.
        Days,
        /// After so many months, `n`.
        Months,
        /// Heads how the learner stands, and leads there.
        Standing,
        /// Heads what is mastered.
        Mastery,
        /// How many exercises are mastered, `n` of `of`.
        MasteredOf,
        /// That an exercise had full marks without the solution.
        Mastered,
        /// Heads a column of exercises.
        Exercise,
        /// Heads the scores of the first tries.
        FirstTry,
        /// Heads the best scores so far.
        BestTry,
        /// A score: `right` of `of`.
        Score,
        /// Heads what comes on the days ahead.
        Forecast,
        /// How many questions come `today`, and how many, `n`, in all of the two weeks.
        ForecastGist,
        /// Heads how well each question would be known now.
        Strength,
        /// How many questions there are, `n`, and how many are `known` with so many `percent` or more.
        StrengthGist,
        /// Heads what was answered on the days before.
        History,
        /// How many answers of four weeks were `known`, and how many `missed`.
        HistoryGist,
        /// Heads a column of days.
        When,
        /// Heads a column of questions, or of how many.
        Questions,
        /// Heads a column of what is known, or names such a part of a bar.
        Known,
        /// The same of what was missed.
        NotKnown,
        /// Opens the figures of a picture.
        Figures,
        /// So many days from now, `n`.
        InDays,
        /// So many days before now, `n`.
        DaysAgo,
        /// Stands where there is no picture yet.
        NoFigures,
        /// The LMS has all progress.
        Recorded,
        /// It cannot be reached.
        LmsUnreached,
        /// It takes nothing more.
        LmsClosed,
        /// The session with it has ended.
        LmsOver,
    }
    page {
        /// Names the bar of Back and Next, and the steps that were found.
        Steps,
        /// To the step before.
        Back,
        /// To the step after.
        Next,
        /// Before the title of the module before this one.
        ModuleBefore,
        /// Before the title of the module after this one.
        ModuleAfter,
        /// Heads the list of all modules, and leads to it.
        AllModules,
        /// Heads, in the page of the review, what is due in other modules.
        DueElsewhere,
        /// Begins the review of another module, `title`, in which `n` questions are due.
        GoOnIn,
        /// Leads to how the learner stands in all modules.
        StandingInCourse,
        /// How long a module is: `steps` and `minutes`.
        ModuleLength,
        /// Where a step stands among the others: `at` of `of`.
        StepAt,
        /// The same, and that it takes `minutes`.
        StepHead,
        /// Opens the answers of an exercise where no player runs.
        Answers,
        /// Opens the list of all cards.
        AllCards,
        /// Saves all cards and key terms as a file for Anki.
        CardsForAnki,
        /// Before the page that an exercise relies on.
        Source,
        /// After that, the day on which it was looked at.
        Checked,
        /// Leads to where a problem with an exercise is reported.
        Report,
        /// The other `names` of a term, after its title.
        Aliases,
        /// Names the box of the search.
        Search,
        /// Names the letters that lead to terms.
        TermsByLetter,
        /// Before the steps that mention a term.
        UsedIn,
        /// Shows all options of a comparison at once.
        SideBySide,
        /// Puts away what opened.
        Close,
        /// Opens what the learner may choose of how the player shows.
        Display,
        /// Heads the themes.
        Theme,
        /// The theme that the system asks for.
        Automatic,
        /// The light theme.
        Light,
        /// The dark theme.
        Dark,
        /// Heads the sizes of text.
        TextSize,
        /// Text somewhat smaller than usual.
        Small,
        /// Text as the browser has it.
        Standard,
        /// Text somewhat larger than usual.
        Large,
        /// Text half as large again.
        Largest,
        /// Whether single keys do something.
        Shortcuts,
        /// What they do on cards: what the buttons `again`, `got_it` and `undo` do.
        ShortcutsMean,
        /// Opens what is kept of the learner.
        YourData,
        /// What is kept, and where.
        DataKept,
        /// The same in an LMS, and what that is told.
        DataReported,
        /// An LMS has no room for all answers.
        LmsRoom,
        /// How many statements, `n`, an LMS has not got yet.
        LmsUnsent,
        /// Sends them.
        LmsAgain,
        /// Leads back to the LMS.
        LmsLeave,
        /// Opens how to show the course in a page of one's own; names what to copy.
        Share,
        /// Told when the player could not start.
        Stalled,
        /// Told when the player has stopped.
        Stopped,
    }
    script {
        // Told when `n` things were found of `what` was looked for: one plural, and nothing around it.
        Found,
        // Heads the cards that were found.
        Cards,
        // Heads the terms that were found.
        Terms,
        // How much that is: `n` kilobytes, which a script fills in.
        DataSize,
        // Adds progress from a file.
        Import,
        // Heads how many exercises that would add.
        ImportAdds,
        // Heads how many exercises there is something newer of.
        ImportNewer,
        // Adds what was previewed.
        ImportAdd,
        // Opens the link that takes progress to another device.
        Transfer,
        // What that link does.
        TransferMeans,
        // Names it.
        TransferLink,
        // Copies it.
        CopyLink,
        // Asks the browser not to clear what is kept.
        Persist,
        // What that means.
        PersistMeans,
        // Opens the question whether to delete everything.
        ResetAll,
        // What deleting everything means.
        ResetWarning,
        // Deletes everything.
        DeleteAll,
        // What to do with that.
        ShareMeans,
        // Copies it.
        Copy,
        // Told when it was copied.
        Copied,
        // Told where it could not be, but is selected.
        Selected,
        // Opens what is kept beside the progress.
        AsideTitle,
        // What that is.
        AsideMeans,
        // Something that could not be read.
        AsideUnreadable,
        // Progress that was set aside for another reason.
        AsideEarlier,
        // Progress that a newer build has saved.
        AsideNewer,
        // Saves one of these as a file.
        AsideDownload,
        // Asks whether one of these is to be deleted.
        AsideDelete,
        // Deletes it.
        AsideSure,
        // Told when it was deleted.
        AsideDeleted,
        // Told of a module that could not be read.
        AsideModule,
        // Told when there is a newer version of the course.
        Update,
        // Loads that.
        UpdateNow,
        // Told where a newer build has saved progress.
        NewerFound,
        // Loads that build.
        NewerUse,
        // Told when it was added.
        ImportDone,
        // Told of what is something else, or cut off.
        ImportUnreadable,
        // Told of progress in another course.
        ImportOther,
        // Told of what is too large.
        ImportLarge,
        // Told of what has nothing new.
        ImportNothing,
        // Told when it was copied.
        LinkCopied,
        // Told when it could not be, and is selected instead.
        LinkSelected,
        // Names its QR code.
        QrCode,
        // Stands in the place of a QR code that would be too large.
        TooLongForCode,
        // Stands in the place of a link that would be too long.
        TooLongForLink,
        // Told where such a link was opened.
        LinkBrought,
        // Told where the browser cannot read it.
        LinkUnsupported,
        // Told when the browser will keep it.
        Persists,
        // Told when it will not promise.
        PersistRefused,
    }
}
