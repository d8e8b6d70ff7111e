"""The bare page: a text box and one heatmap of 128 rows by the words of the text, nothing else."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
text = st.text_input("Phrase A", live="100ms")
random = np.random.default_rng(list(text.encode()))
figure = go.Figure(go.Heatmap(z=random.random((128, max(1, len(text.split()))), dtype=np.float32)))
figure.update_layout(title=text, height=640)
st.plotly_chart(figure, width="stretch")
