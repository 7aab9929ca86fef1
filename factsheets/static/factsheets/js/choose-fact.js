/* In the text editor: a list of dated facts and of words of the glossary, and their tokens shown apart from the words around. */
(() => {
  const { React, DraftJS, draftail } = window;
  /* The toolbar hands nothing on from Python: address and label stand in the page (factsheets.admin.choosing). */
  const settings = () => document.getElementById("facts-to-choose").dataset;
  const TOKEN = /\{(?:fact|term):[a-z0-9_]+\}/g;

  class ChooseFact extends React.Component {
    constructor(props) {
      super(props);
      this.state = { groups: null };
      this.load = this.load.bind(this);
      this.insert = this.insert.bind(this);
    }

    load() {
      if (this.state.groups) {
        return;
      }
      fetch(settings().address, { credentials: "same-origin" })
        .then((answer) => answer.json())
        .then((data) => this.setState({ groups: data.groups }));
    }

    insert(event) {
      const token = event.target.value;
      if (!token) {
        return;
      }
      const { getEditorState, onChange } = this.props;
      const editorState = getEditorState();
      const content = DraftJS.Modifier.replaceText(
        editorState.getCurrentContent(),
        editorState.getSelection(),
        token,
      );
      onChange(DraftJS.EditorState.push(editorState, content, "insert-characters"));
    }

    render() {
      const { label } = settings();
      const options = (this.state.groups || []).map((group) =>
        React.createElement(
          "optgroup",
          { key: group.label, label: group.label },
          ...group.tokens.map(({ token, label: said }) =>
            React.createElement("option", { key: token, value: token }, said),
          ),
        ),
      );
      return React.createElement(
        "select",
        {
          className: "choose-fact",
          "aria-label": label,
          title: label,
          value: "",
          onFocus: this.load,
          onMouseEnter: this.load,
          onChange: this.insert,
        },
        React.createElement("option", { value: "" }, label),
        ...options,
      );
    }
  }

  const FactToken = ({ children }) => React.createElement("span", { className: "fact-token" }, children);

  draftail.registerPlugin({ type: "fact", meta: ChooseFact }, "controls");
  draftail.registerPlugin(
    {
      type: "fact-tokens",
      strategy: (block, found) => {
        for (const match of block.getText().matchAll(TOKEN)) {
          found(match.index, match.index + match[0].length);
        }
      },
      component: FactToken,
    },
    "decorators",
  );
})();
